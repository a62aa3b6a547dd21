using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Stories;

/// <summary>A class is scheduled well, and an hour before it somebody takes the passcode away.</summary>
internal static class PasscodeRemoved
{
    public static Story Story { get; } = new(
        "passcode-removed", "The passcode goes missing",
        "A class is scheduled well. An hour before it starts, its passcode is removed in Zoom.", PlayAsync);

    private static async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var start = stage.ClassTime();
        await stage.TellAsync("Alex schedules a tap class in Zoom, with a passcode and a waiting room.", cancellation);
        var meeting = stage.Schedule(new ScheduleMeeting("Grade 3 Tap", start) { Passcode = "tap-4Kz_9q", WaitingRoom = true, JoinBeforeHost = false });
        await stage.SettleAsync(cancellation);
        stage.Expect("The class was found and every safeguard is in place.", (await stage.RulesAsync()) is { Count: > 0 } rules && rules.Values.All(r => r is RuleResult.Met));
        stage.Expect("There was nothing to repair.", (await stage.RepairsAsync()).Count == 0);
        var address = await stage.FamiliesAddressAsync();
        await stage.TellAsync("Families are given their address for the class. It never names Zoom.", cancellation);

        stage.SkipTo(start.AddHours(-1));
        await stage.TellAsync("An hour before the class, the passcode is removed in Zoom by mistake.", cancellation);
        stage.Zoom.Change(meeting.Id, m => m.Passcode = "");
        await stage.SettleAsync(cancellation);
        stage.Expect("The meeting has a passcode again.", meeting.Passcode.Length > 0);
        stage.Expect("Zoom was asked once, read back, and the repair held.", (await stage.RepairsAsync()) is [{ Field: RepairableField.Passcode, Outcome: RepairOutcome.Held }]);
        stage.Expect("The safeguard is in place.", await stage.ResultAsync(PasscodeRequired.Rule) is RuleResult.Met);
        stage.Expect("Families' address is the same as before.", await stage.FamiliesAddressAsync() == address);
        stage.Expect("Alex got one note about it.", (await stage.MailsToAsync(DemoSchool.Teacher.Email)).Count == 1);

        await RunClassAsync(stage, meeting, start, cancellation);
        stage.Expect("The class took place and is over.", (await stage.SessionAsync()).Status is SessionStatus.Ended);
        stage.Expect("Nothing else was changed in Zoom.", (await stage.RepairsAsync()).Count == 1);
    }

    private static async Task RunClassAsync(Stage stage, SandboxMeeting meeting, DateTimeOffset start, CancellationToken cancellation)
    {
        stage.SkipTo(start.AddMinutes(-2));
        await stage.TellAsync("The class begins.", cancellation);
        stage.Zoom.Start(meeting.Id);
        await stage.SettleAsync(cancellation);
        stage.Expect("The class is on, and was checked once more.", (await stage.SessionAsync()).Status is SessionStatus.Live);
        stage.Expect(
            "Families' address leads into the class, with the new passcode.",
            (await stage.FamiliesLandAtAsync(cancellation))?.AbsoluteUri == meeting.JoinUrl);

        stage.SkipTo(start.AddMinutes(45));
        await stage.TellAsync("Forty-five minutes later Alex ends it.", cancellation);
        stage.Zoom.End(meeting.Id);
        await stage.SettleAsync(cancellation);
    }
}
