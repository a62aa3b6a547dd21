using System.Text.Json;

namespace SessionGuard.Zoom.Webhooks.Processing;

/// <summary>One signed delivery, ready to apply.</summary>
/// <param name="Event">Zoom's name of the event.</param>
/// <param name="At">When it happened by Zoom's clock; when it came, where Zoom does not say.</param>
/// <param name="Payload">The object <c>payload</c>. Its texts can be read without fear: half characters were replaced.</param>
internal sealed record Delivery(Guid OrganisationId, Guid InboxId, string Event, DateTimeOffset At, DateTimeOffset ReceivedAt, JsonElement Payload);
