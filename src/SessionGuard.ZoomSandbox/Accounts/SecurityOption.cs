namespace SessionGuard.ZoomSandbox;

/// <summary>The three things of which Zoom wants at least one on every meeting.</summary>
public enum SecurityOption
{
    Passcode,
    WaitingRoom,
    Authentication,
}
