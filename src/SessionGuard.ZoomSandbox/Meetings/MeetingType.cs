namespace SessionGuard.ZoomSandbox;

/// <summary>Zoom's numbers for kinds of meeting; the value is what JSON carries.</summary>
public enum MeetingType
{
    Instant = 1,
    Scheduled = 2,
    RecurringNoFixedTime = 3,
    PersonalRoom = 4,
    RecurringFixedTime = 8,
}
