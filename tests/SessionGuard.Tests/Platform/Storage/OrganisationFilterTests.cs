using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Platform.Storage;

public sealed class OrganisationFilterTests
{
    private static readonly LedgerAction Tried = LedgerAction.Declare("test.tried", "A test wrote what is never saved.");
    private static readonly LedgerAction Saved = LedgerAction.Declare("saved", "A test saved.");

    [Theory, OnEachEngine]
    internal async Task Rows_are_seen_only_through_their_organisation(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var whose = scope.ServiceProvider.GetRequiredService<OrganisationScope>();

        Assert.Empty(await db.Set<ZoomConnection>().ToListAsync());

        whose.Narrow(app.School.Id);
        Assert.Single(await db.Set<ZoomConnection>().ToListAsync());

        whose.Narrow(Guid.CreateVersion7());
        Assert.Empty(await db.Set<ZoomConnection>().AsNoTracking().ToListAsync());
    }

    [Theory, OnEachEngine]
    internal async Task A_context_takes_nothing_of_one_request_into_the_next(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        SessionGuardDb before;
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<OrganisationScope>().Narrow(app.School.Id);
            before = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
            (await before.Set<ZoomConnection>().SingleAsync()).AccountId = "never saved";
            before.Record(new LedgerNote(app.School.Id, app.Clock.GetUtcNow(), "test", Tried, "test", new { }));
        }

        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
            Assert.Same(before, db);
            Assert.Empty(await db.Set<ZoomConnection>().ToListAsync());
            db.Record(new LedgerNote(app.School.Id, app.Clock.GetUtcNow(), "test", Saved, "test", new { }));
            await db.SaveChangesAsync();
        }

        var written = await app.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Actor == "test").Select(e => e.Action).ToListAsync());
        Assert.Equal(["saved"], written);
    }
}
