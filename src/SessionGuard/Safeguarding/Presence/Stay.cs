using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>
/// One connection's time in one room of a meeting: from <paramref name="Join"/> up to, not including, <paramref name="Leave"/>.
/// </summary>
/// <param name="Leave">Null while they are there.</param>
internal sealed record Stay(
    string ConnectionId, string? ParticipantUuid, string? RegistrantId, string? ZoomUserId, string Name, Room Room, DateTimeOffset Join, DateTimeOffset? Leave)
{
    /// <summary>In a breakout room: the same person's connection in the meeting itself.</summary>
    public string? ParentConnectionId { get; init; }

    /// <summary>False of who waits for the host: see <see cref="ParticipantEvent.Unconnected"/>.</summary>
    public bool IsConnected => !ConnectionId.StartsWith(ParticipantEvent.Unconnected, StringComparison.Ordinal);

    /// <summary>False when only the leaving was heard of; <see cref="Join"/> is then the same instant.</summary>
    public bool JoinIsKnown { get; init; } = true;

    /// <summary>False when the leaving was never heard of and the end of the run stands in for it.</summary>
    public bool LeaveIsKnown { get; init; } = true;
}
