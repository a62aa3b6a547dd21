using SessionGuard.Demo.Actors;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Stories;

/// <summary>One family does not answer until the class has begun.</summary>
internal static class LateParent
{
    public static Story Story { get; } = new(
        "late-parent", "A family that answers late",
        "Aisha’s parents are asked and asked again. Her mother answers at the gate, when the class has begun.", PlayAsync);

    private static async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.TellAsync("The office plans a class for Maya and Aisha. Its gate is on: nobody joins without an adult’s word.", cancellation);
        var start = await stage.PlanAsync("Junior Tap", hasGate: true, [DemoFamilies.Maya, DemoFamilies.Aisha], cancellation);
        await stage.SkipToAsync(start.AddHours(-72), cancellation);
        await stage.TellAsync("Three days ahead Dana and Sana are asked. Dana answers.", cancellation);
        await cast.Dana.AnswerAsync(cancellation);
        stage.Expect("Whom the school asks first was asked, and nobody else.", await cast.Sana.MailsAsync() is [_] && await cast.Omar.MailsAsync() is []);

        await stage.SkipToAsync(start.AddHours(-24), cancellation);
        await stage.TellAsync("A day ahead Sana is reminded, and now Omar is asked too.", cancellation);
        stage.Expect("Both of Aisha’s parents have a mail.", await cast.Sana.MailsAsync() is [_, _] && await cast.Omar.MailsAsync() is [_]);
        stage.Expect("Nobody is blamed yet.", await stage.FlagsAsync() is []);
        await MissAsync(stage, start, cancellation);
        await RemindAsync(stage, start, cancellation);
        await ComeAsync(stage, start, cancellation);

        await Scenes.EndAsync(stage, start, cancellation);
        stage.Expect("Every safeguard was in place in the end.", (await stage.RulesAsync()).Values.All(r => r is RuleResult.Met));
        stage.Expect("The flag says that it was cleared, and by what.", await stage.FlagAsync(ParentConfirmed.Rule) is { Status: FlagStatus.Closed, Reason: CloseReason.EvidenceChanged });
        stage.Expect("Nothing else was missed.", await stage.FlagsAsync() is [_]);
    }

    private static async Task MissAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        await stage.SkipToAsync(start.AddHours(-2), cancellation);
        await stage.SkipToAsync(start.AddHours(-2).AddMinutes(3), cancellation);
        await stage.TellAsync("Two hours ahead there is still no answer for Aisha.", cancellation);
        stage.Expect("A flag is on Robin’s desk.", await stage.FlagAsync(ParentConfirmed.Rule) is { Status: FlagStatus.Open, Severity: Severity.Medium });
        stage.Expect("Robin reads how many, and nobody’s name.", (await stage.Cast.Robin.LookAsync(cancellation)).Says("For one child, nobody has answered."));
        stage.Expect("It is nothing to ring a bell for: no mail.", await stage.Cast.Robin.MailsAsync() is []);
    }

    private static async Task RemindAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        await stage.SkipToAsync(start.AddMinutes(-50), cancellation);
        await stage.TellAsync("Alex presses “Remind Aisha’s family”.", cancellation);
        stage.Expect("The mail is on its way.", (await stage.Cast.Alex.RemindAsync("Aisha", cancellation)).Says("The mail is on its way."));
        await stage.SettleAsync(cancellation);
        stage.Expect("Both parents were reminded once more.", await stage.Cast.Sana.MailsAsync() is { Count: 4 } && await stage.Cast.Omar.MailsAsync() is { Count: 3 });
    }

    private static async Task ComeAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await Scenes.OpenAsync(stage, start, cancellation);
        var maya = await cast.Dana.JoinAsync(cancellation);
        await Scenes.AdmitAsync(stage, [maya], cancellation);
        await stage.SkipToAsync(start.AddMinutes(2), cancellation);
        await stage.TellAsync("Two minutes late Sana opens her mail. It leads on to the join page; she takes her tick away and presses.", cancellation);
        var refused = await cast.Sana.PressJoinAsync(ticks: false, cancellation);
        stage.Expect("The gate holds: she is asked to tick first.", refused.LeadsAway is null && refused.Says("Please tick first"));
        await stage.TellAsync("She sits down with Aisha, ticks “I am with Aisha now” and presses.", cancellation);
        var aisha = await cast.Sana.JoinAsync(cancellation);
        stage.Expect("She is led to Aisha’s own link.", aisha?.Name == "Aisha");
        await Scenes.AdmitAsync(stage, [aisha], cancellation);
        stage.Expect("Her word at the gate is the answer.", await stage.ResultAsync(ParentConfirmed.Rule) is RuleResult.Met);
        stage.Expect("The flag has cleared by itself.", (await cast.Robin.LookAsync(cancellation)).Says("Nothing waits for you") && await stage.FlagAsync(ParentConfirmed.Rule) is { IsOpen: false });
        stage.Expect("The live view shows both with an adult.", (await cast.Alex.LookLiveAsync(cancellation)).Says("2 of 2 adults here"));
    }
}
