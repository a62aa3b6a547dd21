using System.Text.Json;
using SessionGuard.Storage;

namespace SessionGuard.Webhooks;

/// <summary>One signed delivery, ready to apply.</summary>
/// <param name="At">When it happened at Zoom: the event's own time, or that of its arrival where it has none.</param>
/// <param name="Payload">The object under <c>payload</c>.</param>
internal sealed record Delivery(
    Guid OrganisationId, Guid InboxId, string Event, DateTimeOffset At, DateTimeOffset ReceivedAt, JsonElement Payload);

/// <summary>
/// Applies deliveries of the events it names. Any order and any repeats, over any number of calls, must end in the same state.
/// </summary>
internal interface IDeliveryHandler
{
    /// <summary>Zoom's names of the events.</summary>
    IReadOnlySet<string> Events { get; }

    /// <summary>
    /// Takes deliveries of one organisation in the order of their times. Changes the context and saves nothing: the inbox saves once,
    /// together with the deliveries' own state.
    /// </summary>
    /// <exception cref="FormatException">A delivery is not what its event promises; it is set aside.</exception>
    Task ApplyAsync(SessionGuardDb db, IReadOnlyList<Delivery> deliveries, CancellationToken cancellation);
}
