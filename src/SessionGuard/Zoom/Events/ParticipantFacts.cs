using System.Text.Json;

namespace SessionGuard.Zoom.Events;

/// <summary>Who came or went. Addresses, telephone numbers and network addresses are not read at all.</summary>
/// <param name="ConnectionId">Zoom's <c>user_id</c>: one connection; a rejoin has a new one.</param>
/// <param name="ParticipantUuid">The same through breakout rooms of one instance; null when it was not sent.</param>
/// <param name="RegistrantId">The seat they came by; null for a shared link.</param>
/// <param name="At">The time of joining or leaving; null when it was not sent.</param>
internal sealed record ParticipantFacts(
    string ConnectionId, string? ParticipantUuid, string? RegistrantId, string? ZoomUserId, string Name, DateTimeOffset? At)
{
    /// <exception cref="FormatException">There is no participant, or one without a connection.</exception>
    public static ParticipantFacts Read(JsonElement payload)
    {
        var participant = payload.Child("object")?.Child("participant") ?? throw new FormatException("The event has no participant.");
        return new ParticipantFacts(
            participant.Text("user_id") ?? throw new FormatException("The participant has no connection."),
            participant.Text("participant_uuid"),
            participant.Text("registrant_id"),
            participant.Text("participant_user_id"),
            participant.Text("user_name") ?? "",
            participant.Instant("join_time") ?? participant.Instant("leave_time") ?? participant.Instant("date_time"));
    }
}
