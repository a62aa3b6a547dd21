using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Flags;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Storage;

public sealed class LeasedRowsTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Theory, OnEachEngine]
    internal async Task Two_claimers_at_once_never_get_the_same_row(StorageEngine engine)
    {
        await using var app = await WithMailsAsync(engine, 60);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => UntilNoneAsync(app))));

        var all = claimed.SelectMany(c => c).ToList();
        Assert.Equal(60, all.Count);
        Assert.Distinct(all.Select(m => m.Id));
        Assert.All(all, m => Assert.Equal((app.Clock.Now() + Lease, 1), (m.LeasedUntil!.Value, m.Tries)));
    }

    [Fact]
    public async Task A_row_in_the_hands_of_a_claim_under_way_is_passed_over_without_waiting()
    {
        await using var app = await WithMailsAsync(StorageEngine.PostgreSql, 3);

        await app.ReadAsync(first => first.InTransactionAsync(
            async () =>
            {
                var own = await ClaimAsync(app, first, most: 2);
                var other = await app.ReadAsync(second => ClaimAsync(app, second, most: 10));
                Assert.Equal((2, 1), (own.Count, other.Count));
                Assert.Distinct(own.Concat(other).Select(m => m.Id));
                return 0;
            },
            CancellationToken.None));
    }

    [Theory, OnEachEngine]
    internal async Task The_first_in_order_are_taken_and_no_more_than_asked_for(StorageEngine engine)
    {
        await using var app = await WithMailsAsync(engine, 5);
        var mails = await app.OutboxAsync();

        var last = await app.ReadAsync(db => OutboxMessage.ToSend.ClaimAsync(
            db, db.Set<OutboxMessage>().OrderByDescending(m => m.Id), 2, app.Clock.Now(), Lease, CancellationToken.None));
        var first = await app.ReadAsync(db => ClaimAsync(app, db, most: 2));

        Assert.Equal(mails[3..].Select(m => m.Id), last.Select(m => m.Id).Order());
        Assert.Equal(mails[..2].Select(m => m.Id), first.Select(m => m.Id).Order());
    }

    [Theory, OnEachEngine]
    internal async Task Only_what_is_due_waits_and_is_asked_for_is_taken(StorageEngine engine)
    {
        await using var app = await WithMailsAsync(engine, 4);
        var mails = await app.OutboxAsync();
        await app.ReadAsync(db => db.Set<OutboxMessage>().Where(m => m.Id == mails[0].Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, OutboxState.Sent)));
        await app.ReadAsync(db => db.Set<OutboxMessage>().Where(m => m.Id == mails[1].Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, app.Clock.Now().AddMilliseconds(1))));

        var claimed = await app.ReadAsync(db => OutboxMessage.ToSend.ClaimAsync(
            db, db.Set<OutboxMessage>().Where(m => m.Id != mails[2].Id).OrderBy(m => m.DueAt), 10, app.Clock.Now(), Lease, CancellationToken.None));

        Assert.Equal(mails[3].Id, Assert.Single(claimed).Id);
        Assert.Equal(mails[3].To, claimed[0].To);
        Assert.Null(await app.ReadAsync(db => OutboxMessage.ToSend.ClaimAsync(db, mails[3].Id, app.Clock.Now(), Lease, CancellationToken.None)));
        Assert.NotNull(await app.ReadAsync(db => OutboxMessage.ToSend.ClaimAsync(db, mails[2].Id, app.Clock.Now(), Lease, CancellationToken.None)));
    }

    [Theory, OnEachEngine]
    internal async Task A_row_whose_lease_ended_is_taken_over_and_its_first_owner_keeps_nothing(StorageEngine engine)
    {
        await using var app = await WithMailsAsync(engine, 2);
        var slow = await app.ReadAsync(db => ClaimAsync(app, db, most: 2));
        app.Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await app.ReadAsync(db => ClaimAsync(app, db, most: 2)));
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var quick = Assert.Single(await app.ReadAsync(db => ClaimAsync(app, db, most: 1)));
        var lost = await app.ReadAsync(db => Record.ExceptionAsync(() => KeepAsync(db, slow, "of the first")).AsTask());
        Assert.IsType<LeaseLostException>(lost);
        Assert.Equal(2, quick.Tries);
        Assert.All(await app.OutboxAsync(), m => Assert.Null(m.LastError));

        await app.ReadAsync(db => KeepAsync(db, [quick], "of the second"));
        var kept = Assert.Single(await app.OutboxAsync(), m => m.LastError is not null);
        Assert.Equal((quick.Id, "of the second", null), (kept.Id, kept.LastError, kept.LeasedUntil));
    }

    [Theory, OnEachEngine]
    internal async Task A_row_given_back_can_be_taken_at_once(StorageEngine engine)
    {
        await using var app = await WithMailsAsync(engine, 1);
        var claimed = await app.ReadAsync(db => ClaimAsync(app, db, most: 1));
        Assert.Equal(1, await app.ReadAsync(db => OutboxMessage.ToSend.Leases(db).CountAsync(until => until > app.Clock.Now())));

        Assert.Equal(1, await app.ReadAsync(db => OutboxMessage.ToSend.ReleaseAsync(OutboxMessage.ToSend.Held(db, claimed), CancellationToken.None)));

        Assert.Equal(0, await app.ReadAsync(db => OutboxMessage.ToSend.ReleaseAsync(OutboxMessage.ToSend.Held(db, claimed), CancellationToken.None)));
        Assert.Single(await app.ReadAsync(db => ClaimAsync(app, db, most: 1)));
    }

    [Theory, OnEachEngine]
    internal async Task A_due_time_that_was_moved_during_the_lease_stays(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        var now = taught.App.Clock.Now();
        var soon = now.AddSeconds(1);

        var (told, untold) = await taught.App.ReadAsync(async db =>
        {
            var claimed = (await Session.ToJudge.ClaimAsync(db, taught.SessionId, now, Lease, CancellationToken.None))!;
            await db.JudgeSoonAsync([claimed.Id], soon, CancellationToken.None);
            await Session.ToJudge.KeepAsync(db, [claimed], now.AddDays(1), CancellationToken.None);
            var told = await DueAsync(db);
            claimed = (await Session.ToJudge.ClaimAsync(db, taught.SessionId, soon, Lease, CancellationToken.None))!;
            await Session.ToJudge.KeepAsync(db, [claimed], now.AddDays(1), CancellationToken.None);
            return (told, await DueAsync(db));
        });

        Assert.Equal((soon, null), told);
        Assert.Equal((now.AddDays(1), null), untold);

        Task<(DateTimeOffset?, DateTimeOffset?)> DueAsync(SessionGuardDb db) => db.Set<Session>().Where(s => s.Id == taught.SessionId)
            .Select(s => new ValueTuple<DateTimeOffset?, DateTimeOffset?>(s.JudgeDueAt, s.JudgeLeasedUntil)).SingleAsync();
    }

    [Theory, OnEachEngine]
    internal async Task A_claim_and_its_end_raise_the_version_where_others_must_notice(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        var now = taught.App.Clock.Now();
        await taught.App.ReadAsync(db => db.Set<Meeting>().ExecuteUpdateAsync(set => set.SetProperty(m => m.CheckDueAt, now)));
        var before = await taught.App.ReadAsync(db => db.Set<Meeting>().AsNoTracking().SingleAsync());

        var claimed = await taught.App.ReadAsync(db => Meeting.ToCheck.ClaimAsync(db, before.Id, now, Lease, CancellationToken.None));
        await taught.App.ReadAsync(async db =>
        {
            await Meeting.ToCheck.KeepAsync(db, [claimed!], next: null, CancellationToken.None);
            return 0;
        });

        var after = await taught.App.ReadAsync(db => db.Set<Meeting>().AsNoTracking().SingleAsync());
        Assert.Equal((before.Version + 1, before.Version + 2), (claimed!.Version, after.Version));
        Assert.Equal((null, null), (after.CheckDueAt, after.LeasedUntil));
    }

    private static async Task<App> WithMailsAsync(StorageEngine engine, int count)
    {
        var app = await App.StartAsync(engine);
        await app.QueueAsync(Enumerable.Range(0, count).Select(n => Letters.To(app, $"family{n}@family.example")));
        return app;
    }

    private static Task<List<OutboxMessage>> ClaimAsync(App app, SessionGuardDb db, int most) => OutboxMessage.ToSend.ClaimAsync(
        db, db.Set<OutboxMessage>().OrderBy(m => m.DueAt).ThenBy(m => m.Id), most, app.Clock.Now(), Lease, CancellationToken.None);

    private static async Task<List<OutboxMessage>> UntilNoneAsync(App app)
    {
        var all = new List<OutboxMessage>();
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        while (await ClaimAsync(app, db, most: 7) is { Count: > 0 } claimed)
        {
            all.AddRange(claimed);
        }

        return all;
    }

    private static Task<int> KeepAsync(SessionGuardDb db, List<OutboxMessage> claimed, string error) => db.InTransactionAsync(
        async () =>
        {
            await OutboxMessage.ToSend.KeepAsync(db, claimed, set => set.SetProperty(m => m.LastError, error), CancellationToken.None);
            return 0;
        },
        CancellationToken.None);
}
