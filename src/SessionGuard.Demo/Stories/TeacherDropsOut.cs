using SessionGuard.Demo.Actors;
using SessionGuard.Platform.Mail;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Stories;

/// <summary>The teacher's connection is gone for more than three minutes while children are in the class.</summary>
internal static class TeacherDropsOut
{
    /// <summary>What no mail about a flag may say.</summary>
    private static readonly string[] Names = ["Maya", "Aisha", "Ben", "Jones", "Malik", "Wright", "Alex", "Moss", "Modern"];

    public static Story Story { get; } = new(
        "teacher-drops-out", "The teacher drops out",
        "Alex’s connection fails and children are alone in the class. Lead and deputy are told at once; Alex comes back and explains.", PlayAsync);

    private static async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.TellAsync("A modern dance class is planned for Maya, Aisha and Ben.", cancellation);
        var start = await stage.PlanAsync("Modern Dance", hasGate: false, [DemoFamilies.Maya, DemoFamilies.Aisha, DemoFamilies.Ben], cancellation);
        await Scenes.EverybodyAnswersAsync(stage, start, cancellation);
        await Scenes.OpenAsync(stage, start, cancellation);
        await stage.TellAsync("The children come, and Alex lets them in.", cancellation);
        var children = new[] { await cast.Dana.JoinAsync(cancellation), await cast.Sana.JoinAsync(cancellation), await cast.Helen.JoinAsync(cancellation) };
        await Scenes.AdmitAsync(stage, children, cancellation);
        stage.Expect("All three are in, with an adult each.", (await cast.Alex.LookLiveAsync(cancellation)).Says("3 of 3 adults here"));
        await DropAsync(stage, start.AddMinutes(10), cancellation);
        await ReturnAsync(stage, start.AddMinutes(14), children, cancellation);

        await Scenes.EndAsync(stage, start, cancellation);
        stage.Expect("It is one class, though Zoom ran it twice.", await stage.RunsAsync() == 2 && (await stage.SummariseAsync("")).Sessions == 1);
        stage.Expect("Zoom’s own reports agree with what we saw.", await stage.ResultAsync(EvidenceGap.Rule) is RuleResult.Met);
        await SettleItAsync(stage, cancellation);
    }

    private static async Task DropAsync(Stage stage, DateTimeOffset when, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.SkipToAsync(when, cancellation);
        await stage.TellAsync("Ten minutes in, Alex’s connection fails.", cancellation);
        cast.Alex.LoseConnection();
        await stage.SkipToAsync(when.AddMinutes(1), cancellation);
        stage.Expect("The live view says so at once.", (await cast.Alex.LookLiveAsync(cancellation)).Says("We see no teacher in the class."));
        stage.Expect("Most teachers are back in a minute: nobody is alarmed yet.", await stage.FlagsAsync() is []);
        await stage.TellAsync("Three minutes pass.", cancellation);
        await stage.SkipToAsync(when.AddMinutes(3).AddSeconds(20), cancellation);
        var flag = await stage.FlagAsync(UnsupervisedRoom.Rule);
        stage.Expect("A critical flag is on the desk, and not with the teacher first.", flag is { Status: FlagStatus.Open, Severity: Severity.Critical });
        var mails = new[] { await cast.Robin.MailsAsync(), await cast.Noor.MailsAsync() };
        stage.Expect("Lead and deputy have one mail each.", mails is [[_], [_]]);
        stage.Expect("It names nobody, and not what happened.", mails.All(m => m is [var mail] && IsDiscreet(stage, mail)));
        var desk = await cast.Noor.LookAsync(cancellation);
        stage.Expect("On the desk stands what the mail does not say.", desk.Says("A child was in the class without staff for 3 minutes."));
        await stage.TellAsync("Noor, the deputy, is first at the desk.", cancellation);
    }

    private static bool IsDiscreet(Stage stage, OutboxMessage mail) =>
        Array.TrueForAll(Names, name => !$"{mail.Subject} {stage.GetText(mail)}".Contains(name, StringComparison.OrdinalIgnoreCase));

    private static async Task ReturnAsync(Stage stage, DateTimeOffset when, SandboxParticipant?[] children, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        stage.SkipTo(when);
        await stage.TellAsync("Zoom closes the class. Alex starts it again on a telephone, and the children come back.", cancellation);
        stage.Zoom.End(stage.Meeting.Id);
        await stage.SettleAsync(cancellation);
        stage.SkipTo(stage.Now.AddSeconds(30));
        cast.Alex.Start();
        var again = children.Select(c => stage.Zoom.Join(stage.Meeting.Id, new JoinMeeting(c!.Name) { RegistrantId = c.RegistrantId, RejoinOf = c })).ToList();
        await Scenes.AdmitAsync(stage, again, cancellation);
        stage.Expect("They are all in the same class again.", (await cast.Alex.LookLiveAsync(cancellation)).Says("3 of 3 in the class"));
        stage.Expect("The flag stays: it did happen.", await stage.FlagAsync(UnsupervisedRoom.Rule) is { Status: FlagStatus.Open });
    }

    private static async Task SettleItAsync(Stage stage, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.TellAsync("Alex says in one line how it was.", cancellation);
        await cast.Alex.ExplainAsync("My router failed. I was back by telephone after four minutes.", cancellation);
        await stage.SettleAsync(cancellation);
        var flag = (await stage.FlagAsync(UnsupervisedRoom.Rule))!;
        stage.Expect("Robin reads it at the desk.", flag.Status is FlagStatus.Explained && (await cast.Robin.LookAtAsync(flag, cancellation)).Says("My router failed."));
        await stage.TellAsync("Robin talks it over with Alex, and closes the flag with a reason.", cancellation);
        var closed = await cast.Robin.CloseAsync(flag, CloseReason.TalkedOver, "A second line is ordered; until then a colleague is in each class.", cancellation);
        stage.Expect("The decision is kept, with Robin’s words.", closed.Says("Your decision is kept.") && closed.Says("A second line is ordered"));
        await stage.SettleAsync(cancellation);
        stage.Expect("What was decided stands.", await stage.FlagAsync(UnsupervisedRoom.Rule) is { Status: FlagStatus.Closed, Reason: CloseReason.TalkedOver });
    }
}
