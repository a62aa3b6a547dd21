using SessionGuard.Classes.Sessions;
using SessionGuard.Demo.Actors;
using SessionGuard.Rules;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Stories;

/// <summary>A class from its planning to Zoom's report, in which everybody does their part.</summary>
internal static class AllWell
{
    public static Story Story { get; } = new(
        "all-well", "A class as it should be",
        "Families answer, each child joins by its own link with an adult beside them, and nothing is left to worry about.", PlayAsync);

    private static async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.TellAsync("The office plans a ballet class for Maya and Leo, Aisha, and Ben.", cancellation);
        var start = await stage.PlanAsync("Primary Ballet", hasGate: false, [DemoFamilies.Maya, DemoFamilies.Leo, DemoFamilies.Aisha, DemoFamilies.Ben], cancellation);
        stage.Expect("Zoom has the class, with a passcode and a waiting room.", stage.Meeting is { Passcode.Length: > 0, Settings.WaitingRoom: true });
        stage.Expect("Each child has a Zoom link of its own.", stage.Meeting.Registrants.Count(r => r.Status == "approved") == 4);
        await AnswerAsync(stage, start, cancellation);

        await Scenes.OpenAsync(stage, start, cancellation);
        stage.Expect("The class is on.", (await stage.SessionAsync()).Status is SessionStatus.Live);
        await JoinAsync(stage, cancellation);
        await Scenes.EndAsync(stage, start, cancellation);
        stage.Expect("The class is over.", (await stage.SessionAsync()).Status is SessionStatus.Ended);
        stage.Expect("Zoom’s own report agrees with what we saw.", await stage.ResultAsync(EvidenceGap.Rule) is RuleResult.Met);
        stage.Expect("Every safeguard was in place.", (await stage.RulesAsync()) is var rules && rules.Count == RuleList.All.Count && rules.Values.All(r => r is RuleResult.Met));
        stage.Expect("Robin was not disturbed, and nothing waits on the desk.",
            await cast.Robin.MailsAsync() is [] && (await cast.Robin.LookAsync(cancellation)).Says("Nothing waits for you"));
        await stage.TellAsync("That is how most classes go: nobody had to do anything but dance.", cancellation);
    }

    private static async Task AnswerAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.SkipToAsync(start.AddHours(-72), cancellation);
        await stage.TellAsync("Three days ahead each family gets one mail. Dana opens hers: it asks for both her children.", cancellation);
        stage.Expect("Three families, three mails.", await stage.AsksAsync() == 3);
        stage.Expect("Dana’s page asks about both at once.", (await cast.Dana.OpenMailAsync(cancellation)).Says("with Leo and Maya?"));
        await stage.TellAsync("Dana presses “I will be there”.", cancellation);
        stage.Expect("She is thanked.", (await cast.Dana.AnswerAsync(cancellation)).Says("You will be there."));
        await stage.TellAsync("Sana cannot, but Gran can. Helen can.", cancellation);
        stage.Expect("Sana’s page names Gran.", (await cast.Sana.AnotherAdultAsync("Gran", cancellation)).Says("Gran will be there."));
        await cast.Helen.AnswerAsync(cancellation);
        await stage.SettleAsync(cancellation);
        stage.Expect("Alex sees that all four have an adult.", (await cast.Alex.LookAsync(cancellation)).Says("4 of 4 adults confirmed"));
        await stage.SkipToAsync(start.AddHours(-24), cancellation);
        await stage.SkipToAsync(start.AddHours(-2), cancellation);
        await stage.TellAsync("The day comes. Who has answered is left in peace.", cancellation);
        stage.Expect("Nobody was asked twice.", await stage.AsksAsync() == 3);
    }

    private static async Task JoinAsync(Stage stage, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.TellAsync("The families open their join page, tick “I am with Ben now” and press.", cancellation);
        var aisha = await cast.Sana.JoinAsync(cancellation);
        var ben = await cast.Helen.JoinAsync(cancellation);
        var leoAndMaya = await cast.Dana.JoinAsync(cancellation);
        await stage.SettleAsync(cancellation);
        stage.Expect("Each was led to their own child’s link.", leoAndMaya?.Name == "Leo" && aisha?.Name == "Aisha" && ben?.Name == "Ben");
        stage.Expect("They wait until Alex lets them in.", (await cast.Alex.LookLiveAsync(cancellation)).Says("0 of 4 in the class"));
        await stage.TellAsync("Alex lets them in. Leo and Maya share a screen, and Dana ticked both.", cancellation);
        await Scenes.AdmitAsync(stage, [leoAndMaya, aisha, ben], cancellation);
        var live = await cast.Alex.LookLiveAsync(cancellation);
        stage.Expect("The live view shows all four, each with an adult.", live.Says("4 of 4 in the class") && live.Says("4 of 4 adults here"));
    }
}
