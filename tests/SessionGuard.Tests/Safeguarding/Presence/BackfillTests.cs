using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Tests.Safeguarding.Flags;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Safeguarding.Presence;

public sealed class BackfillTests
{
    private const string Left = "meeting.participant_left";
    private const string Joined = "meeting.participant_joined";
    private const string Everything = "everything";

    [Theory, OnEachEngine]
    internal async Task A_lost_leaving_makes_a_hole_until_Zooms_report_fills_it(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: Left);
        var toldBefore = await taught.ToldAsync();
        taught.Wait(1800);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(SessionStatus.Unverified, (await taught.SessionAsync()).Status);
        Assert.Equal(RuleResult.CouldNotCheck, await taught.ResultAsync("unsupervised-room"));
        var flag = await taught.FlagAsync("evidence-gap");
        Assert.Equal((Severity.Low, FlagStatus.WithTeacher, null), (flag.Severity, flag.Status, flag.TeacherUntil));
        Assert.Equal(toldBefore, await taught.ToldAsync());

        await taught.App.RunAsync<BackfillJob>();
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(SessionStatus.Ended, (await taught.SessionAsync()).Status);
        Assert.Equal(RuleResult.Met, await taught.ResultAsync("unsupervised-room"));
        Assert.Equal(FlagStatus.Closed, (await taught.FlagAsync("evidence-gap")).Status);
        Assert.Equal([ParticipantEventKind.Left], await ReportedAsync(taught));
    }

    [Theory, OnEachEngine]
    internal async Task A_lost_joining_is_filled_in_and_asking_again_adds_nothing(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: Joined);
        taught.Wait(900);
        await taught.App.RunAsync<BackfillJob>();
        Assert.Equal([ParticipantEventKind.Joined], await ReportedAsync(taught));
        var ended = TaughtClass.Five.AddMinutes(45);
        Assert.Equal(ended.AddHours(24), (await taught.SessionAsync()).BackfillDueAt);
        Assert.All(await StaysAsync(taught), s => Assert.True(s.Stay.JoinIsKnown));

        taught.WaitUntil(ended.AddHours(24));
        await taught.App.RunAsync<BackfillJob>();
        Assert.Single(await ReportedAsync(taught));
        Assert.Null((await taught.SessionAsync()).BackfillDueAt);
    }

    [Theory, OnEachEngine]
    internal async Task An_end_that_was_never_told_is_found_in_the_report(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: "meeting.ended");
        taught.WaitUntil(TaughtClass.Five.AddMinutes(45).AddHours(2));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(SessionStatus.Live, (await taught.SessionAsync()).Status);
        Assert.Equal(RuleResult.NotMet, await taught.ResultAsync("evidence-gap"));

        await taught.App.RunAsync<BackfillJob>();
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(SessionStatus.Ended, (await taught.SessionAsync()).Status);
        Assert.Equal(RuleResult.Met, await taught.ResultAsync("evidence-gap"));
    }

    [Theory, OnEachEngine]
    internal async Task A_class_that_nothing_was_told_of_is_found_whole_and_called_so(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: Everything);
        Assert.Equal(SessionStatus.Scheduled, (await taught.SessionAsync()).Status);
        taught.WaitUntil(TaughtClass.Five.AddMinutes(75)); // a quarter of an hour after its planned end
        await taught.App.RunAsync<EvaluateSessionsJob>();

        await taught.App.RunAsync<BackfillJob>();
        await taught.App.RunAsync<EvaluateSessionsJob>();

        Assert.Equal(SessionStatus.Ended, (await taught.SessionAsync()).Status);
        Assert.Equal(
            [ParticipantEventKind.Joined, ParticipantEventKind.Joined, ParticipantEventKind.Left, ParticipantEventKind.Left],
            (await ReportedAsync(taught)).Order());
        Assert.Equal(RuleResult.Met, await taught.ResultAsync("unsupervised-room"));
        Assert.StartsWith("Zoom told us nothing of this class while it was on.", await WhyAsync(taught), StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    internal async Task A_class_that_did_not_take_place_is_asked_about_twice_and_called_unknown(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five.AddHours(1));
        foreach (var minutes in (int[])[15, 15, 30, 23 * 60, 60, 60])
        {
            taught.Wait(minutes * 60);
            await taught.App.RunAsync<EvaluateSessionsJob>();
            await taught.App.RunAsync<BackfillJob>();
        }

        Assert.Equal(2, taught.Zoom.Calls.Count(c => c.Path.EndsWith("/instances", StringComparison.Ordinal)));
        Assert.Equal((SessionStatus.Scheduled, null), ((await taught.SessionAsync()).Status, (await taught.SessionAsync()).BackfillDueAt));
        Assert.Equal(RuleResult.CouldNotCheck, await taught.ResultAsync("evidence-gap"));
        Assert.DoesNotContain(await taught.FlagsAsync(), f => f.Rule == "evidence-gap");
    }

    [Theory, OnEachEngine]
    internal async Task A_class_of_some_days_ago_is_asked_about_once(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: Everything);
        taught.Wait(3 * 24 * 3600);
        foreach (var _ in (int[])[1, 2, 3])
        {
            await taught.App.RunAsync<EvaluateSessionsJob>();
            await taught.App.RunAsync<BackfillJob>();
            taught.Wait(60);
        }

        Assert.Single(taught.Zoom.Calls, c => c.Path.EndsWith("/instances", StringComparison.Ordinal));
        Assert.Equal(4, (await ReportedAsync(taught)).Count);
        Assert.Equal(SessionStatus.Ended, (await taught.SessionAsync()).Status);
    }

    [Theory, OnEachEngine]
    internal async Task While_Zoom_cannot_be_asked_about_a_lost_class_it_is_asked_again_every_quarter_of_an_hour(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: Everything);
        taught.WaitUntil(TaughtClass.Five.AddMinutes(75));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        taught.Zoom.Faults.Next(1, Fault.TooManyRequests(600), pathPrefix: "/v2/past_meetings");
        await taught.App.RunAsync<BackfillJob>();
        Assert.Equal(taught.App.Clock.GetUtcNow().AddMinutes(15), (await taught.SessionAsync()).BackfillDueAt);

        taught.Wait(900);
        await taught.App.RunAsync<BackfillJob>();
        Assert.Equal(4, (await ReportedAsync(taught)).Count);
    }

    [Theory, OnEachEngine]
    internal async Task A_plan_without_reports_is_no_failure(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: null);
        taught.Zoom.Faults.Always(Fault.Error(400, 200, "Only available for paid accounts."), pathPrefix: "/v2/report");
        taught.Zoom.Faults.Always(Fault.Error(400, 200, "Only available for paid accounts."), pathPrefix: "/v2/past_meetings");
        taught.Wait(900);
        await taught.App.RunAsync<BackfillJob>();
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(SessionStatus.Ended, (await taught.SessionAsync()).Status);
        Assert.Null((await taught.SessionAsync()).BackfillDueAt);
        Assert.Equal(RuleResult.CouldNotCheck, await taught.ResultAsync("evidence-gap"));
        Assert.Equal(RuleResult.Met, await taught.ResultAsync("unsupervised-room"));
    }

    [Theory, OnEachEngine]
    internal async Task When_Zoom_asks_for_patience_it_is_asked_again_later(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: Left);
        taught.Wait(900);
        taught.Zoom.Faults.Next(1, Fault.TooManyRequests(600), pathPrefix: "/v2/report");
        await taught.App.RunAsync<BackfillJob>();
        Assert.Equal(taught.App.Clock.GetUtcNow().AddSeconds(600), (await taught.SessionAsync()).BackfillDueAt);
        Assert.Empty(await ReportedAsync(taught));

        taught.Wait(600);
        await taught.App.RunAsync<BackfillJob>();
        Assert.Single(await ReportedAsync(taught));
    }

    [Theory, OnEachEngine]
    internal async Task However_often_Zoom_was_not_even_asked_the_report_is_not_given_up(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await TeachAsync(taught, lost: Left);
        taught.Wait(900);
        await taught.App.FailUntilLeftAloneAsync(taught.Zoom);
        for (var pass = 0; pass <= BackfillCalendar.MostFailures; pass++)
        {
            await taught.App.WriteAsync(db => db.Set<Session>().Single().BackfillDueAt = taught.App.Clock.Now());
            await taught.App.RunAsync<BackfillJob>();
            Assert.Equal(taught.App.Clock.Now().AddMinutes(1), (await taught.SessionAsync()).BackfillDueAt);
        }

        taught.Wait(60);
        await taught.App.RunAsync<BackfillJob>();
        Assert.Single(await ReportedAsync(taught));
    }

    [Theory, OnEachEngine]
    internal async Task A_class_that_was_started_again_is_one_class(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        foreach (var _ in (int[])[1, 2])
        {
            taught.TeacherJoins();
            taught.MayaJoins();
            taught.Wait(900);
            taught.Zoom.End(taught.Meeting.Id);
            await taught.School.CarryAsync();
            taught.Wait(60);
        }

        var stays = await StaysAsync(taught);
        Assert.Equal(4, stays.Count);
        Assert.Equal(2, stays.Select(s => s.InstanceUuid).Distinct().Count());
        Assert.Equal([SeatKind.Staff, SeatKind.Child, SeatKind.Staff, SeatKind.Child], stays.Select(s => s.Who.Kind!.Value));
        await taught.JudgeAsync();
        Assert.Equal(RuleResult.Met, await taught.ResultAsync("unsupervised-room"));
    }

    [Theory, OnEachEngine]
    internal async Task Whoever_the_teacher_names_is_remembered_for_the_class(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        var guest = taught.Zoom.Join(taught.Meeting.Id, JoinMeeting.Guest("Maya"));
        await taught.School.CarryAsync();
        var waiting = Assert.Single(await StaysAsync(taught), s => s.Stay.Room == Room.Waiting);
        Assert.False(waiting.Who.IsKnown);
        Assert.NotNull(waiting.Who.SuggestedSeatId);

        taught.Zoom.Admit(guest);
        taught.Wait(180);
        await taught.JudgeAsync();
        Assert.Equal(RuleResult.NotMet, await taught.ResultAsync("unknown-participant"));
        Assert.Equal(DecisionOutcome.NotThere, await DecideAsync(taught, "nobody's key", waiting.Who.SuggestedSeatId));
        Assert.Equal(DecisionOutcome.NoSuchSeat, await DecideAsync(taught, waiting.ScreenKey!, TaughtClass.Id()));
        Assert.Equal(DecisionOutcome.Decided, await DecideAsync(taught, waiting.ScreenKey!, waiting.Who.SuggestedSeatId));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(RuleResult.Met, await taught.ResultAsync("unknown-participant"));
        var inside = Assert.Single(await StaysAsync(taught), s => s.Who.Kind is SeatKind.Child && s.Stay.Room == Room.Main);
        Assert.Equal((true, Certainty.Unsure, taught.Maya), (inside.Who.IsRemembered, inside.Who.Certainty, inside.Who.PersonId!.Value));
    }

    private static Task<DecisionOutcome> DecideAsync(TaughtClass taught, string key, Guid? seatId) => taught.AsAsync<DecideWhoThisIs, DecisionOutcome>(
        taught.Teacher, decide => decide.HandleAsync(taught.SessionId, key, seatId, SeatKind.Child, CancellationToken.None));

    /// <summary>
    /// Forty-five minutes with the teacher and Maya, who goes five minutes early. One event of Maya's, or of the class, is lost, or all of them.
    /// </summary>
    private static async Task TeachAsync(TaughtClass taught, string? lost)
    {
        var before = taught.Zoom.Deliveries.Raised.Count;
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        var maya = taught.MayaJoins();
        taught.Wait(2400);
        taught.Zoom.Leave(maya);
        taught.Wait(300);
        taught.Zoom.End(taught.Meeting.Id);
        foreach (var raised in taught.Zoom.Deliveries.Raised.Skip(before))
        {
            var isMayas = raised.Body.Contains(taught.MayasLink.Id, StringComparison.Ordinal);
            if (lost != Everything && (raised.Name != lost || (lost.Contains("participant", StringComparison.Ordinal) && !isMayas)))
            {
                Assert.Equal(HttpStatusCode.OK, await taught.App.DeliverAsync(raised.Body));
            }
        }

        await taught.App.RunAsync<ProcessInboxJob>();
        await taught.App.RunAsync<EvaluateSessionsJob>();
    }

    private static Task<List<ParticipantEventKind>> ReportedAsync(TaughtClass taught) => taught.App.ReadAsync(db =>
        db.Set<ParticipantEvent>().Where(e => e.Source == EventSource.Reported).Select(e => e.Kind).ToListAsync());

    private static Task<string> WhyAsync(TaughtClass taught) =>
        taught.App.ReadAsync(db => db.Set<RuleRecord>().Where(r => r.Rule == "evidence-gap").Select(r => r.Why).SingleAsync());

    private static async Task<IReadOnlyList<IdentifiedStay>> StaysAsync(TaughtClass taught)
    {
        await using var scope = taught.App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var there = await scope.ServiceProvider.GetRequiredService<Attendance>().GetAttendanceAsync([taught.SessionId], CancellationToken.None);
        return there[taught.SessionId].Stays;
    }
}
