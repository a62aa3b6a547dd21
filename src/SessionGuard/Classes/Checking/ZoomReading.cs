using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Checking;

/// <summary>A meeting as Zoom answers it, in our words. What Zoom leaves unsaid counts as unsafe.</summary>
internal static class ZoomReading
{
    public static MeetingSettings GetSettings(ZoomMeeting meeting) => new()
    {
        Passcode = Passcodes.GetStrength(meeting.Passcode?.Reveal()),
        WaitingRoom = meeting.Settings.WaitingRoom ?? false,
        JoinBeforeHost = meeting.Settings.JoinBeforeHost ?? true,
        UsesPersonalMeetingId = meeting.Settings.UsePmi is true || meeting.Pmi == meeting.Id || meeting.Type == PersonalRoom,
        RequiresSignIn = meeting.Settings.MeetingAuthentication ?? false,
        Registration = meeting.Settings.Approval is ApprovalType.Automatic or ApprovalType.Manual,
        AutoRecording = meeting.Settings.AutoRecording ?? "none",
    };

    public static MeetingSchedule GetSchedule(ZoomMeeting meeting) =>
        new(meeting.HostId, meeting.Topic, meeting.Type, meeting.DurationMinutes, GetDates(meeting));

    private const int PersonalRoom = 4;
    private const int UsualMinutes = 60;

    private static IReadOnlyList<ScheduledDate> GetDates(ZoomMeeting meeting)
    {
        var minutes = meeting.DurationMinutes ?? UsualMinutes;
        return meeting switch
        {
            { Occurrences.Count: > 0 } => [.. meeting.Occurrences.Where(o => o.Start is not null)
                .Select(o => new ScheduledDate(o.Id, o.Start!.Value, o.Minutes ?? minutes, o.Deleted))],
            { Type: 2, Start: { } start } => [new ScheduledDate(null, start, minutes, Deleted: false)],
            _ => [],
        };
    }
}
