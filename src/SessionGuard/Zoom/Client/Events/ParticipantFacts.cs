using System.Text.Json;

namespace SessionGuard.Zoom.Client.Events;

/// <summary>Who came or went. Addresses, telephone numbers and network addresses are not read at all.</summary>
/// <param name="ConnectionId">Zoom's <c>user_id</c>: one connection; a rejoin has a new one. Null for those who wait for the host.</param>
/// <param name="ParentConnectionId">In a breakout room: the connection of the same person in the meeting itself.</param>
/// <param name="ParticipantUuid">The same through breakout rooms of one instance; null when it was not sent.</param>
/// <param name="RegistrantId">The seat they came by; null for a shared link.</param>
/// <param name="BreakoutRoomId">Null outside of breakout rooms.</param>
/// <param name="At">The time of joining or leaving; null when it was not sent.</param>
/// <param name="NewRole"><c>host</c>, <c>co-host</c> or <c>attendee</c>; null when no role changed.</param>
/// <param name="OnlyLeftWaitingRoom">True when Zoom's reason says that what they left is the waiting room.</param>
internal sealed record ParticipantFacts(
    string? ConnectionId, string? ParentConnectionId, string? ParticipantUuid, string? RegistrantId, string? ZoomUserId, string Name,
    string? BreakoutRoomId, DateTimeOffset? At, string? NewRole, bool OnlyLeftWaitingRoom)
{
    /// <summary>Zoom's texts. Others of them begin with the participant's name, so they are told by their end.</summary>
    private static readonly string[] WaitingRoomReasons = ["Leave waiting room.", "Removed by host from waiting room."];

    /// <exception cref="FormatException">There is no participant.</exception>
    public static ParticipantFacts Read(JsonElement payload)
    {
        var meeting = payload.Child("object");
        var participant = meeting?.Child("participant") ?? throw new FormatException("The event has no participant.");
        return new ParticipantFacts(
            participant.Text("user_id"),
            participant.Text("parent_user_id"),
            participant.Text("participant_uuid"),
            participant.Text("registrant_id"),
            participant.Text("participant_user_id"),
            participant.Text("user_name") ?? "",
            meeting.Value.Text("breakout_room_uuid"),
            participant.Instant("join_time") ?? participant.Instant("leave_time") ?? participant.Instant("date_time"),
            participant.Text("new_role"),
            participant.Text("leave_reason") is { } reason && Array.Exists(WaitingRoomReasons, end => reason.EndsWith(end, StringComparison.Ordinal)));
    }
}
