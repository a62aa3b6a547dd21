using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

public sealed class ZoomBudgetTests
{
    private const int RoutineShare = ZoomBudget.PerDay - ZoomBudget.KeptForUrgent;

    [Theory, OnEachEngine]
    internal async Task However_many_ask_at_once_no_more_than_the_share_is_given(StorageEngine engine)
    {
        await using var app = await ZoomApp.StartAsync(engine);

        Assert.Equal(RoutineShare, await SpendAtOnceAsync(app, RoutineShare + 20, BudgetUse.Routine));
        Assert.Equal(ZoomBudget.KeptForUrgent, await SpendAtOnceAsync(app, ZoomBudget.KeptForUrgent + 20, BudgetUse.Urgent));

        var row = await app.App.ReadAsync(db => db.Set<HostBudget>().SingleAsync());
        Assert.Equal((app.School.Id, ZoomApp.Host), (row.OrganisationId, row.HostZoomId));
        Assert.Equal((new DateOnly(2026, 11, 24), ZoomBudget.PerDay), (row.Day, row.Used));
    }

    [Theory, OnEachEngine]
    internal async Task Each_host_and_each_UTC_day_has_a_budget_of_its_own(StorageEngine engine)
    {
        await using var app = await ZoomApp.StartAsync(engine);
        await app.App.WriteAsync(db => db.Add(Used(app, ZoomBudget.PerDay)));

        Assert.False(await SpendAsync(app, ZoomApp.Host, BudgetUse.Urgent));
        Assert.True(await SpendAsync(app, "host-2", BudgetUse.Routine));
        Assert.True(await app.Budget.TrySpendAsync(Guid.CreateVersion7(), new BudgetClaim(ZoomApp.Host, BudgetUse.Routine), CancellationToken.None));

        app.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMilliseconds(1));
        Assert.False(await SpendAsync(app, ZoomApp.Host, BudgetUse.Urgent));
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await SpendAsync(app, ZoomApp.Host, BudgetUse.Routine));
    }

    [Theory]
    [InlineData("one below the routine share", RoutineShare - 1, true, true)]
    [InlineData("at the routine share", RoutineShare, false, true)]
    [InlineData("one above the routine share", RoutineShare + 1, false, true)]
    [InlineData("the last one", ZoomBudget.PerDay - 1, false, true)]
    [InlineData("used up", ZoomBudget.PerDay, false, false)]
    public async Task The_last_twenty_are_kept_for_what_is_urgent(string because, int used, bool routine, bool urgent)
    {
        await using var app = await ZoomApp.StartAsync(StorageEngine.Sqlite);
        app.Zoom.Always(Reply.NoContent);
        await app.App.WriteAsync(db => db.Add(Used(app, used)));

        var routinely = await app.PatchAsync(new MeetingPatch { WaitingRoom = true });
        var urgently = await app.PatchAsync(new MeetingPatch { WaitingRoom = true }, BudgetUse.Urgent);

        Assert.True((routinely.Failure, urgently.Failure) == (Expected(routine), Expected(urgent)), because);
        Assert.Equal((routine ? 1 : 0) + (urgent ? 1 : 0), app.Zoom.Calls.Count);
    }

    [Fact]
    public async Task A_change_that_is_sent_twice_is_paid_for_twice_and_one_that_is_held_back_not_at_all()
    {
        await using var app = await ZoomApp.StartAsync(StorageEngine.Sqlite);
        app.Zoom.Answers(Reply.Error(500, 0), Reply.Limited("3600"));

        var limited = await app.Clock.PassingPausesAsync(app.PatchAsync(new MeetingPatch { WaitingRoom = true }));
        var held = await app.PatchAsync(new MeetingPatch { WaitingRoom = true });

        Assert.Equal((ZoomFailure.RateLimited, ZoomFailure.RateLimited), (limited.Failure, held.Failure));
        Assert.Equal(2, (await app.App.ReadAsync(db => db.Set<HostBudget>().SingleAsync())).Used);
    }

    private static ZoomFailure? Expected(bool isDone) => isDone ? null : ZoomFailure.BudgetSpent;

    private static HostBudget Used(ZoomApp app, int used) =>
        new() { OrganisationId = app.School.Id, HostZoomId = ZoomApp.Host, Day = new DateOnly(2026, 11, 24), Used = used };

    private static Task<bool> SpendAsync(ZoomApp app, string host, BudgetUse use) =>
        app.Budget.TrySpendAsync(app.School.Id, new BudgetClaim(host, use), CancellationToken.None);

    private static async Task<int> SpendAtOnceAsync(ZoomApp app, int times, BudgetUse use)
    {
        var spent = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => Task.Run(() => SpendAsync(app, ZoomApp.Host, use))));
        return spent.Count(s => s);
    }
}
