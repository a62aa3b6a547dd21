using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Platform.Jobs;

/// <summary>
/// A node is frozen in the middle of a pass, its lease runs out, another pass does the work, and the first one wakes. On PostgreSQL: SQLite
/// serves one process, and a machine that sleeps there sleeps whole.
/// </summary>
public sealed class FrozenTests
{
    /// <summary>Longer than any lease, and than the rest between two checks of a meeting.</summary>
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(20);

    private static readonly Dictionary<string, Work> Works = new()
    {
        ["deliveries"] = new(DeliveredAsync, app => app.RunAsync<ProcessInboxJob>()),
        ["mail"] = new(MailWaitsAsync, app => app.RunAsync<SendMailJob>()),
        ["asks"] = new(services => JobScenes.ToBeAskedAsync(StorageEngine.PostgreSql, services), app => app.RunAsync<SendRemindersJob>()),
        ["checks"] = new(services => JobScenes.ToBeRepairedAsync(StorageEngine.PostgreSql, services), app => app.RunAsync<CheckUpcomingMeetingsJob>()),
        ["seats"] = new(
            async services => (await JobScenes.ToBeSeatedAsync(StorageEngine.PostgreSql, services, "Maya Jones")).School.Whole,
            app => app.RunAsync<ProvideSeatsJob>()),
        ["stranded seats"] = new(StrandedAsync, app => app.RunAsync<ProvideSeatsJob>()),
        ["reports"] = new(services => JobScenes.ToBeFilledInAsync(StorageEngine.PostgreSql, services), app => app.RunAsync<BackfillJob>()),
        ["judging"] = new(
            async services => (await JobScenes.TaughtAsync(StorageEngine.PostgreSql, services)).School, app => app.RunAsync<EvaluateSessionsJob>()),
        ["flags"] = new(services => JobScenes.UnexplainedAsync(StorageEngine.PostgreSql, services), app => app.RunAsync<EscalateFlagsJob>()),
        ["digests"] = new(services => JobScenes.ForTheMorningAsync(StorageEngine.PostgreSql, services), app => app.RunAsync<SendDigestsJob>()),
    };

    /// <param name="transaction">Which of the pass's transactions it is frozen at: the first one is the claim, where a claim needs one.</param>
    [Theory]
    [InlineData("deliveries", 2, Side.Before)]
    [InlineData("mail", 1, Side.After)]
    [InlineData("mail", 2, Side.Before)]
    [InlineData("asks", 2, Side.Before)] // the plan
    [InlineData("asks", 4, Side.Before)] // the first mail
    [InlineData("checks", 1, Side.After)]
    [InlineData("checks", 2, Side.Before)] // what will be asked of Zoom
    [InlineData("checks", 2, Side.After)] // about to ask Zoom
    [InlineData("checks", 4, Side.Before)] // what came of it
    [InlineData("seats", 2, Side.After)] // its first one looks the meeting's links over
    [InlineData("seats", 3, Side.Before)]
    [InlineData("stranded seats", 1, Side.Before)]
    [InlineData("reports", 1, Side.After)]
    [InlineData("reports", 2, Side.Before)]
    [InlineData("judging", 2, Side.Before)]
    [InlineData("flags", 1, Side.Before)]
    [InlineData("digests", 1, Side.Before)]
    public async Task What_another_pass_did_stands_when_a_frozen_one_wakes(string what, int transaction, Side side)
    {
        var work = Works[what];
        var freeze = new FreezePoint(transaction, side);
        await using var school = await work.Begin(services => services.AddSingleton<IInterceptor>(freeze));
        freeze.Arm();
        var frozen = work.Pass(school.App);
        await await Task.WhenAny(freeze.Frozen, frozen).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(freeze.Frozen.IsCompleted, "The pass ended before it came to where it was to be frozen.");
        var atFreezing = await EverythingAsync(school.App);

        school.App.Clock.Advance(AWhile);
        await work.Pass(school.App);
        var done = await EverythingAsync(school.App);
        Assert.NotEqual(atFreezing, done);
        var asked = Asked(school);
        freeze.Wake();
        await frozen.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(done, await EverythingAsync(school.App));
        Assert.True(side is Side.Before || asked == Asked(school), "The pass that woke asked Zoom to change something.");
    }

    [Fact]
    public async Task A_link_that_a_frozen_pass_was_given_for_a_place_given_up_meanwhile_is_cancelled()
    {
        var freeze = new FreezePoint(3, Side.Before);
        var (school, seats) = await JobScenes.ToBeSeatedAsync(StorageEngine.PostgreSql, services => services.AddSingleton<IInterceptor>(freeze), "Maya Jones");
        await using var _ = school;
        freeze.Arm();
        var frozen = school.App.RunAsync<ProvideSeatsJob>();
        await freeze.Frozen.WaitAsync(TimeSpan.FromSeconds(30));
        var meeting = await school.App.ReadAsync(db => db.Set<SessionGuard.Classes.Sessions.Meeting>().SingleAsync());
        var given = Assert.Single(school.MeetingOf(meeting).Registrants);
        Assert.True(await school.DoAsync(services => services.GetRequiredService<SeatRegister>().TakeBackAsync(school.Office, seats[0].Id, CancellationToken.None)));

        school.App.Clock.Advance(AWhile);
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.Equal(SeatState.Left, (await school.SeatNowAsync(seats[0])).State);
        freeze.Wake();
        await frozen.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("cancelled", given.Status);
        Assert.Equal(SeatState.Left, (await school.SeatNowAsync(seats[0])).State);
    }

    private static async Task<SchoolOnZoom> DeliveredAsync(Action<IServiceCollection> services)
    {
        var school = await SchoolOnZoom.StartAsync(StorageEngine.PostgreSql, services: services);
        await school.App.DeliverAsync(Deliveries.Joined(1));
        return school;
    }

    private static async Task<SchoolOnZoom> MailWaitsAsync(Action<IServiceCollection> services)
    {
        // One at a time: what a pass does then has one order.
        var school = await SchoolOnZoom.StartAsync(StorageEngine.PostgreSql, new() { ["Mail:SideBySide"] = "1" }, services);
        await school.App.QueueAsync(Letters.To(school.App, "sam@family.example"));
        return school;
    }

    /// <summary>A link leads into a meeting that lies behind; the class goes on in another.</summary>
    private static async Task<SchoolOnZoom> StrandedAsync(Action<IServiceCollection> services)
    {
        var (school, _) = await JobScenes.ToBeSeatedAsync(StorageEngine.PostgreSql, services, "Maya Jones");
        await school.App.RunAsync<ProvideSeatsJob>();
        await school.App.ReadAsync(db => db.Set<Seat>().ExecuteUpdateAsync(
            set => set.SetProperty(s => s.MeetingId, Guid.CreateVersion7(App.Noon)).SetProperty(s => s.RegistrantId, (string?)null)));
        await school.App.ReadAsync(db => db.Set<SessionGuard.Classes.Sessions.Meeting>().ExecuteUpdateAsync(set => set.SetProperty(m => m.SeatsDueAt, App.Noon)));
        return school.Whole;
    }

    /// <summary>What Zoom was asked to change, and mail that left.</summary>
    private static int Asked(SchoolOnZoom school)
    {
        var mail = Path.Combine(school.App.Folder, "mail");
        return school.Zoom.Calls.Count(c => c.Method is not "GET" && c.Path.StartsWith("/v2/", StringComparison.Ordinal))
            + (Directory.Exists(mail) ? Directory.GetFiles(mail).Length : 0);
    }

    /// <summary>Every row of every table.</summary>
    private static Task<string> EverythingAsync(App app) => app.ReadAsync(async db =>
    {
        var rows = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().Order())
        {
            var read = $"SELECT t::text AS \"Value\" FROM {table} t ORDER BY 1";
            rows.Add($"-- {table}");
            rows.AddRange(await db.Database.SqlQueryRaw<string>(read).ToListAsync());
        }

        return string.Join('\n', rows);
    });

    private sealed record Work(Func<Action<IServiceCollection>, Task<SchoolOnZoom>> Begin, Func<App, Task> Pass);
}
