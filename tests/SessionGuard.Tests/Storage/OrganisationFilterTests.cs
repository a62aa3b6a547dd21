using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Organisations;
using SessionGuard.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Storage;

public sealed class OrganisationFilterTests
{
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
}
