using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Platform.Jobs;

/// <summary>
/// A pass is killed at each of its commits in turn, on either side of it. Another service takes over, and what is there in the end is
/// what an undisturbed run leaves.
/// </summary>
public sealed class KilledTests
{
    /// <summary>Longer than the lease of anything that a dead pass may have held.</summary>
    private static readonly TimeSpan PastLeases = TimeSpan.FromMinutes(6);

    [Theory, OnEachEngine]
    internal Task Reminders_are_queued_once_whenever_the_pass_dies(StorageEngine engine) => SweepAsync(
        services => JobScenes.ToBeAskedAsync(engine, services),
        app => app.RunAsync<SendRemindersJob>(),
        async app => string.Join('\n', (await app.OutboxAsync()).Select(m => m.To).Order())
            + string.Join('\n', (await app.ReadAsync(db => db.Set<Ask>().ToListAsync())).Select(a => $"{a.Stage} {a.State}").Order()));

    [Theory, OnEachEngine]
    internal Task Each_place_has_one_registrant_whenever_the_pass_dies(StorageEngine engine) => SweepAsync(
        async services => (await JobScenes.ToBeSeatedAsync(engine, services, "Maya Jones", "Tom Lind")).School.Whole,
        app => app.RunAsync<ProvideSeatsJob>(),
        async (app, zoom) =>
        {
            var meeting = await app.ReadAsync(db => db.Set<Meeting>().Select(m => m.ZoomMeetingId).SingleAsync());
            var registrants = zoom.FindMeeting(meeting)!.Registrants;
            return string.Join('\n', (await app.ReadAsync(db => db.Set<Seat>().ToListAsync()))
                .Select(s => $"{s.ScreenName} {s.State} {s.Generation} {s.Failures} {registrants.Single(r => r.Id == s.RegistrantId).Status}").Order()
                .Append($"{registrants.Count} registrants"));
        });

    [Theory, OnEachEngine]
    internal Task Each_rule_has_one_flag_whenever_the_pass_dies(StorageEngine engine) => SweepAsync(
        async services => (await JobScenes.TaughtAsync(engine, services)).School,
        app => app.RunAsync<EvaluateSessionsJob>(),
        FlagsAsync);

    [Theory, OnEachEngine]
    internal Task Zooms_report_is_taken_in_once_whenever_the_pass_dies(StorageEngine engine) => SweepAsync(
        services => JobScenes.ToBeFilledInAsync(engine, services),
        app => app.RunAsync<BackfillJob>(),
        async app =>
        {
            var told = await app.ReadAsync(db => db.Set<ParticipantEvent>().ToListAsync());
            await app.RunAsync<EvaluateSessionsJob>();
            return string.Join('\n', told.Select(e => $"{e.Kind} {e.Source} {e.At:O}").Order()) + await FlagsAsync(app);
        });

    [Theory]
    [InlineData(Side.Before, 1)]
    [InlineData(Side.After, 2)]
    public async Task An_adult_whose_press_was_cut_off_presses_again_and_is_led_on(Side side, int kept)
    {
        var failpoint = new Failpoint(1, side);
        var app = await App.StartAsync(StorageEngine.Sqlite, services: services => services.AddSingleton<IInterceptor>(failpoint));
        var school = new FamilySchool(app.Services);
        var (tap, jo) = (await school.ClassAsync("Tap", App.Noon), await school.CarerAsync("Jo Smith", "jo@family.example"));
        var maya = await school.ChildAsync("Maya Smith", [jo], tap);
        await school.LinkAsync(tap, maya, "https://us06web.zoom.us/w/1?tk=mayas-own");
        var path = await school.JoinPathAsync(jo, tap);
        using (var browser = app.Stranger())
        {
            var form = await Form.OpenAsync(browser, path);
            failpoint.Arm();
            using var cut = await form.SendAsync(("with", maya.Id.ToString()));
            Assert.Equal(HttpStatusCode.InternalServerError, cut.StatusCode);
        }

        await using var next = await app.RestartAsync();
        using var again = next.Stranger();
        using var answer = await (await Form.OpenAsync(again, path)).SendAsync(("with", maya.Id.ToString()));
        Assert.Equal("https://us06web.zoom.us/w/1?tk=mayas-own", answer.Headers.Location?.AbsoluteUri);
        Assert.Equal(kept, await next.ReadAsync(db => db.Set<CheckIn>().CountAsync(c => c.ChildId == maya.Id && c.CarerId == jo.Id)));
        Assert.Equal(kept, await next.ReadAsync(db => db.Set<LedgerEntry>().CountAsync(e => e.Action == "check-in.given")));
        Assert.Null(await LedgerFaultAsync(next));
    }

    private static Task SweepAsync(Func<Action<IServiceCollection>, Task<SchoolOnZoom>> begin, Func<App, Task> pass, Func<App, Task<string>> outcome) =>
        SweepAsync(begin, pass, (app, _) => outcome(app));

    private static async Task SweepAsync(
        Func<Action<IServiceCollection>, Task<SchoolOnZoom>> begin, Func<App, Task> pass, Func<App, SandboxServer, Task<string>> outcome)
    {
        string expected;
        await using (var undisturbed = await begin(_ => { }))
        {
            await pass(undisturbed.App);
            expected = await FinishAsync(undisturbed, pass, outcome);
        }

        for (var commit = 1; commit <= 20; commit++)
        {
            foreach (var side in Enum.GetValues<Side>())
            {
                var failpoint = new Failpoint(commit, side);
                await using var school = await begin(services => services.AddSingleton<IInterceptor>(failpoint));
                failpoint.Arm();
                await DieAsync(school.App, pass, failpoint);
                if (!failpoint.WasReached)
                {
                    Assert.True(commit > 2, "The pass saves nothing.");
                    return;
                }

                await school.RestartAsync();
                var left = await FinishAsync(school, pass, outcome);
                Assert.True(expected == left, $"Killed {side} commit {commit}. Expected:\n{expected}\nbut was:\n{left}");
            }
        }

        Assert.Fail("The pass commits too often to be swept.");
    }

    /// <summary>What a dying pass says does not matter: nobody is there to hear it.</summary>
    private static async Task DieAsync(App app, Func<App, Task> pass, Failpoint failpoint)
    {
        try
        {
            await pass(app);
        }
        catch (Exception) when (failpoint.WasReached)
        {
        }
    }

    /// <summary>Two more passes, at once and when leases have ended, and what is there then. The ledger is whole and tells of each change once.</summary>
    private static async Task<string> FinishAsync(SchoolOnZoom school, Func<App, Task> pass, Func<App, SandboxServer, Task<string>> outcome)
    {
        await pass(school.App);
        school.App.Clock.Advance(PastLeases);
        await pass(school.App);
        var left = await outcome(school.App, school.Zoom);
        Assert.Null(await LedgerFaultAsync(school.App));
        var noted = (await school.App.ReadAsync(db => db.Set<LedgerEntry>().Select(e => e.Action).ToListAsync())).CountBy(a => a).OrderBy(a => a.Key);
        return $"{left}\n{string.Join('\n', noted.Select(n => $"{n.Key} {n.Value}"))}";
    }

    private static async Task<LedgerFault?> LedgerFaultAsync(App app) =>
        (await app.ReadAsync(db => new LedgerVerifier(db).VerifyAsync(app.School.Id, CancellationToken.None))).Fault;

    private static async Task<string> FlagsAsync(App app)
    {
        var flags = await app.ReadAsync(db => db.Set<Flag>().ToListAsync());
        var evidence = (await app.ReadAsync(db => db.Set<FlagEvidence>().ToListAsync())).CountBy(e => e.FlagId).ToDictionary();
        var rules = await app.ReadAsync(db => db.Set<RuleRecord>().ToListAsync());
        var told = (await app.OutboxAsync()).Select(m => m.To).Order().ToList();
        var status = await app.ReadAsync(db => db.Set<Session>().Select(s => s.Status).SingleAsync());
        return string.Join('\n', flags.Select(f => $"{f.Rule} {f.Status} {f.Severity} {evidence[f.Id]}").Order())
            + string.Join('\n', rules.Select(r => $"{r.Rule} {r.Result}").Order()) + string.Join('\n', told) + status;
    }
}
