namespace SessionGuard.Presence;

/// <summary>One connection's time in a meeting: from <paramref name="Join"/> up to, not including, <paramref name="Leave"/>.</summary>
/// <param name="Leave">Null while they are there.</param>
/// <param name="JoinIsKnown">False when only the leaving was heard of; <paramref name="Join"/> is then the same instant.</param>
internal sealed record Stay(
    string ConnectionId, string? ParticipantUuid, string? RegistrantId, string? ZoomUserId, string Name, DateTimeOffset Join, DateTimeOffset? Leave, bool JoinIsKnown = true);
