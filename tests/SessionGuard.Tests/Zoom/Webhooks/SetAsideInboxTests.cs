using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Inbox;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class SetAsideInboxTests
{
    [Theory, OnEachEngine]
    internal async Task What_was_set_aside_is_listed_newest_first_page_by_page(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.DeliverAsync(Deliveries.Joined(1));
        for (var number = 0; number < 5; number++)
        {
            await app.SendAsync($"not JSON {number}");
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await InScopeAsync(app, inbox => inbox.ListAsync(null, 3, CancellationToken.None));
        var second = await InScopeAsync(app, inbox => inbox.ListAsync(Guid.Parse(first.Next!), 3, CancellationToken.None));

        Assert.Equal((3, 2, null), (first.Items.Count, second.Items.Count, second.Next));
        var all = first.Items.Concat(second.Items).ToList();
        Assert.Equal(all.OrderByDescending(d => d.ReceivedAt), all);
        Assert.All(all, d => Assert.Equal(("", SetAsideReasons.Unreadable, 0), (d.Event, d.Reason, d.Tries)));
    }

    [Theory, OnEachEngine]
    internal async Task A_replayed_delivery_is_applied_and_the_ledger_says_who_asked(StorageEngine engine)
    {
        var handler = new CountingHandler();
        await using var app = await App.StartAsync(engine, services: s => s.AddSingleton<IDeliveryHandler>(handler));
        await app.SendAsync(Encoding.UTF8.GetBytes(Deliveries.Joined(1)), age: TimeSpan.FromHours(3));
        var stale = Assert.Single((await InScopeAsync(app, inbox => inbox.ListAsync(null, 10, CancellationToken.None))).Items);
        Assert.Equal(("meeting.participant_joined", SetAsideReasons.Stale), (stale.Event, stale.Reason));

        Assert.True(await InScopeAsync(app, inbox => inbox.ReplayAsync(stale.Id, "account:robin", CancellationToken.None)));
        Assert.False(await InScopeAsync(app, inbox => inbox.ReplayAsync(stale.Id, "account:robin", CancellationToken.None)));
        await app.RunAsync<ProcessInboxJob>();

        Assert.Equal(InboxState.Handled, Assert.Single(await app.InboxAsync()).State);
        Assert.Single(await app.ReadAsync(CountingHandler.EffectsAsync));
        var entry = Assert.Single(await app.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Action == "delivery.replayed").ToListAsync()));
        Assert.Equal(("account:robin", $"delivery:{stale.Id}"), (entry.Actor, entry.Subject));
    }

    [Theory, OnEachEngine]
    internal async Task Another_schools_deliveries_are_neither_listed_nor_replayed(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.SendAsync("not JSON");
        var id = Assert.Single(await app.InboxAsync()).Id;
        var elsewhere = Guid.CreateVersion7();

        Assert.Empty((await InScopeAsync(app, inbox => inbox.ListAsync(null, 10, CancellationToken.None), elsewhere)).Items);
        Assert.False(await InScopeAsync(app, inbox => inbox.ReplayAsync(id, "account:eve", CancellationToken.None), elsewhere));
    }

    private static async Task<T> InScopeAsync<T>(App app, Func<SetAsideInbox, Task<T>> use, Guid? organisation = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganisationScope>().Narrow(organisation ?? app.School.Id);
        return await use(scope.ServiceProvider.GetRequiredService<SetAsideInbox>());
    }
}
