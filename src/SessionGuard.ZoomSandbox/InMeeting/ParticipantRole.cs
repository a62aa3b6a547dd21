namespace SessionGuard.ZoomSandbox;

public enum ParticipantRole
{
    Host,
    CoHost,
    Attendee,
}
