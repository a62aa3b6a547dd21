using SessionGuard.Demo.Actors;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Stories;

/// <summary>Two people come without a link of their own: one turns out to be Maya, the other stays unknown.</summary>
internal static class StrangerJoins
{
    public static Story Story { get; } = new(
        "stranger-joins", "Somebody nobody knows",
        "Two names that belong to no place are let in. Alex knows one of them; the other goes to the lead.", PlayAsync);

    private static async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        await stage.TellAsync("A jazz class is planned for Maya, Aisha and Ben.", cancellation);
        var start = await stage.PlanAsync("Street Jazz", hasGate: false, [DemoFamilies.Maya, DemoFamilies.Aisha, DemoFamilies.Ben], cancellation);
        await Scenes.EverybodyAnswersAsync(stage, start, cancellation);
        await Scenes.OpenAsync(stage, start, cancellation);
        await stage.TellAsync("Aisha and Ben join by their own links. A tablet comes by the meeting’s number.", cancellation);
        var aisha = await cast.Sana.JoinAsync(cancellation);
        var ben = await cast.Helen.JoinAsync(cancellation);
        var tablet = stage.Zoom.Join(stage.Meeting.Id, JoinMeeting.Guest("Maya’s iPad"));
        await Scenes.AdmitAsync(stage, [aisha, ben, tablet], cancellation);
        await NameAsync(stage, start, cancellation);
        await StayUnknownAsync(stage, start, cancellation);

        await Scenes.EndAsync(stage, start, cancellation);
        await DecideAsync(stage, cancellation);
    }

    private static async Task NameAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        stage.Expect("The live view asks who that is.", (await cast.Alex.LookLiveAsync(cancellation)).Says("Who is “Maya’s iPad”?"));
        await stage.SkipToAsync(start.AddMinutes(1), cancellation);
        await stage.TellAsync("Nobody has said who it is for some minutes, so Robin is told.", cancellation);
        stage.Expect("A flag is on Robin’s desk.", await stage.FlagAsync(UnknownParticipant.Rule) is { Status: FlagStatus.Open, Severity: Severity.High });
        stage.Expect("Robin has one mail.", await cast.Robin.MailsAsync() is [_]);
        stage.Expect("The desk shows it.", (await cast.Robin.LookAsync(cancellation)).Says("Somebody we do not know was let in."));
        await stage.TellAsync("Alex looks up from the music: “That is Maya, on her iPad, with Dana.”", cancellation);
        await cast.Alex.SayWhoAsync("Maya", cancellation);
        await cast.Alex.SeeAdultAsync("Maya", cancellation);
        await stage.SettleAsync(cancellation);
        stage.Expect("The live view counts Maya in, and her adult.", (await cast.Alex.LookLiveAsync(cancellation)).Says("3 of 3 adults here"));
        stage.Expect("The flag has cleared by itself.", await stage.FlagAsync(UnknownParticipant.Rule) is { Status: FlagStatus.Closed, Reason: CloseReason.EvidenceChanged });
        stage.Expect("It is remembered for this class.", await stage.ResultAsync(UnknownParticipant.Rule) is RuleResult.Met);
    }

    private static async Task StayUnknownAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        stage.SkipTo(start.AddMinutes(20));
        await stage.TellAsync("Later “Galaxy A12” knocks. In the rush Alex lets it in.", cancellation);
        var stranger = stage.Zoom.Join(stage.Meeting.Id, JoinMeeting.Guest("Galaxy A12"));
        await Scenes.AdmitAsync(stage, [stranger], cancellation);
        stage.Expect("The live view asks who that is.", (await cast.Alex.LookLiveAsync(cancellation)).Says("Who is “Galaxy A12”?"));
        await stage.SkipToAsync(start.AddMinutes(24), cancellation);
        await stage.TellAsync("Alex does not know either, and takes it out of the class.", cancellation);
        stage.Zoom.Leave(stranger, LeaveReasons.RemovedByHost);
        await stage.SettleAsync(cancellation);
        stage.Expect("The flag is back on Robin’s desk.", await stage.FlagAsync(UnknownParticipant.Rule) is { Status: FlagStatus.Open });
    }

    private static async Task DecideAsync(Stage stage, CancellationToken cancellation)
    {
        var cast = stage.Cast;
        var flag = (await stage.FlagAsync(UnknownParticipant.Rule))!;
        await stage.TellAsync("Robin opens the flag: who was there, from when to when.", cancellation);
        var page = await cast.Robin.LookAtAsync(flag, cancellation);
        stage.Expect("The desk tells of both times, and that the first was cleared.",
            page.Says("Somebody we do not know was let in.") && page.Says("Everybody in the class is known.") && page.Says("Galaxy A12"));
        stage.Expect("It stays open until Robin decides.", flag.IsOpen && page.Says("Keep this decision"));
        stage.Expect("Nothing else was missed.", await stage.FlagsAsync() is [_]);
    }
}
