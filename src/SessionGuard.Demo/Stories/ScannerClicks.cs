using SessionGuard.Demo.Actors;
using SessionGuard.Rules;

namespace SessionGuard.Demo.Stories;

/// <summary>A mail program opens and presses everything before the parent has seen the mail.</summary>
internal static class ScannerClicks
{
    private const string Scanner = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0 Safari/537.36";

    public static Story Story { get; } = new(
        "scanner-clicks", "A mail program presses the button",
        "Dana’s mail provider opens every link and presses what it finds. None of it counts, and Dana is asked again.", PlayAsync);

    private static async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.TellAsync("A class is planned for Maya and Ben.", cancellation);
        var start = await stage.PlanAsync("Musical Theatre", hasGate: false, [DemoFamilies.Maya, DemoFamilies.Ben], cancellation);
        await stage.SkipToAsync(start.AddHours(-72), cancellation);
        await stage.TellAsync("Dana and Helen are asked. Within seconds Dana’s mail provider opens every link in her mail.", cancellation);
        var scanner = stage.Visits.Anybody(Scanner);
        foreach (var link in await cast.Dana.LinksAsync())
        {
            await scanner.OpenAsync(link, cancellation);
        }

        await stage.SettleAsync(cancellation);
        stage.Expect("Opening changes nothing.", await stage.AnswersAsync() == 0);
        await stage.TellAsync("It even presses “I will be there”.", cancellation);
        var question = await scanner.OpenAsync((await cast.Dana.LinksAsync())[0], cancellation);
        var pressed = await scanner.PressAsync(question, "I will be there", cancellation);
        await stage.SettleAsync(cancellation);
        stage.Expect("It is told to press once more.", pressed.Says("Please press once more."));
        stage.Expect("A press like that is no answer.", await stage.AnswersAsync() == 0);
        stage.Expect("Alex sees nobody confirmed.", (await cast.Alex.LookAsync(cancellation)).Says("0 of 2 adults confirmed"));
        await cast.Helen.AnswerAsync(cancellation);
        await RemindAsync(stage, start, cancellation);
    }

    private static async Task RemindAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.SkipToAsync(start.AddHours(-24), cancellation);
        await stage.TellAsync("Helen has answered. A day ahead Dana is asked again, as if nothing had happened.", cancellation);
        stage.Expect("Her reminder went out: the scanner has not stopped it.", await cast.Dana.MailsAsync() is [_, _]);
        stage.Expect("Helen was left in peace.", await cast.Helen.MailsAsync() is [_]);
        await stage.TellAsync("Dana reads it on her telephone, opens it and presses.", cancellation);
        stage.Expect("She is thanked at the first press.", (await cast.Dana.AnswerAsync(cancellation)).Says("You will be there."));
        await stage.SkipToAsync(start.AddHours(-2), cancellation);
        await stage.SkipToAsync(start.AddHours(-2).AddMinutes(3), cancellation);
        await stage.TellAsync("Two hours ahead everything is ready.", cancellation);
        stage.Expect("Alex sees both confirmed.", (await cast.Alex.LookAsync(cancellation)).Says("2 of 2 adults confirmed"));
        stage.Expect("The safeguard is in place.", await stage.ResultAsync(ParentConfirmed.Rule) is RuleResult.Met);
        stage.Expect("Nothing was missed.", await stage.FlagsAsync() is []);
    }
}
