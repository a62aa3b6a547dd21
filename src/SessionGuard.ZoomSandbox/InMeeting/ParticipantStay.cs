namespace SessionGuard.ZoomSandbox;

/// <summary>One row of the reports: one connection in one room.</summary>
internal sealed class ParticipantStay(SandboxParticipant who, string userId, bool inWaitingRoom, string? breakoutRoomUuid, DateTimeOffset joined)
{
    public SandboxParticipant Who { get; } = who;

    public string UserId { get; } = userId;

    public bool InWaitingRoom { get; } = inWaitingRoom;

    public string? BreakoutRoomUuid { get; } = breakoutRoomUuid;

    public DateTimeOffset Joined { get; } = joined;

    public DateTimeOffset? Left { get; set; }
}
