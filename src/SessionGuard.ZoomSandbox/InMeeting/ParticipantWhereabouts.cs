namespace SessionGuard.ZoomSandbox;

public enum ParticipantWhereabouts
{
    /// <summary>At the door of a meeting that has not started.</summary>
    WaitingForHost,
    InWaitingRoom,
    InMeeting,
    Left,
}
