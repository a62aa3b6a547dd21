using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Stories;

/// <summary>A class is scheduled in Zoom with nothing on, and Zoom tells everything twice.</summary>
internal static class UnsafeMeeting
{
    public static Story Story { get; } = new(
        "unsafe-meeting", "Scheduled with nothing on",
        "A class is scheduled in Zoom without passcode or waiting room, and open before the teacher comes.", PlayAsync);

    private static async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        // Otherwise Zoom itself would switch one of the three on.
        stage.Zoom.ChangeUserSettings(DemoSchool.Teacher.Email, "meeting_security", "auto_security", false);
        stage.Zoom.Deliveries.Duplicate(1);
        await stage.TellAsync("Alex schedules a ballet class in Zoom: no passcode, no waiting room, open before the teacher. Zoom tells us twice.", cancellation);
        var meeting = stage.Schedule(new ScheduleMeeting("Primary Ballet", stage.ClassTime()) { Passcode = "", WaitingRoom = false, JoinBeforeHost = true });
        await stage.SettleAsync(cancellation);
        stage.Expect("The meeting has a passcode.", meeting.Passcode.Length > 0);
        stage.Expect("The waiting room is on.", meeting.Settings.WaitingRoom);
        stage.Expect("Nobody can be in before the teacher.", !meeting.Settings.JoinBeforeHost);
        stage.Expect("All three were read back before they were called in place.", (await stage.RepairsAsync()) is { Count: 3 } repairs && repairs.TrueForAll(r => r.Outcome is RepairOutcome.Held));
        stage.Expect("Every safeguard is in place.", (await stage.RulesAsync()).Values.All(r => r is RuleResult.Met));
        stage.Expect("It is one class, though Zoom told us twice.", (await stage.SummariseAsync("")).Sessions == 1);
        stage.Expect("Alex got one note for all of it.", (await stage.MailsToAsync(DemoSchool.Teacher.Email)).Count == 1);

        await SwitchOffAsync(stage, meeting, "Alex switches the waiting room off again.", cancellation);
        stage.Expect("We switched it on again.", meeting.Settings.WaitingRoom);
        await SwitchOffAsync(stage, meeting, "And once more.", cancellation);
        stage.Expect("We do not fight a person: this time it stays as Alex left it.", !meeting.Settings.WaitingRoom);
        stage.Expect("The safeguard says that it is missing.", await stage.ResultAsync(WaitingRoomOn.Rule) is RuleResult.NotMet);
        stage.Expect("Alex was asked to look at it.", (await stage.MailsToAsync(DemoSchool.Teacher.Email)).Exists(m => m.Subject.EndsWith("please look at one setting", StringComparison.Ordinal)));
        stage.Zoom.Deliveries.Duplicate(0);
    }

    private static async Task SwitchOffAsync(Stage stage, SandboxMeeting meeting, string told, CancellationToken cancellation)
    {
        stage.SkipTo(stage.Now.AddMinutes(20));
        await stage.TellAsync(told, cancellation);
        stage.Zoom.Change(meeting.Id, m => m.Settings.WaitingRoom = false);
        await stage.SettleAsync(cancellation);
    }
}
