using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Tenancy;

public sealed class FollowOrganisationsTests
{
    [Theory, OnEachEngine]
    internal async Task A_change_made_on_another_node_is_known_within_a_minute_also_where_no_jobs_run(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        using var follow = ActivatorUtilities.CreateInstance<FollowOrganisations>(app.Services);
        await follow.StartAsync(CancellationToken.None);
        await app.ReadAsync(db => db.Set<Organisation>().ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, "Alder and Ash")));
        Assert.Equal("Alder Dance", app.School.Name);

        // Its timer is made on a thread of its own, maybe after a minute or two of this clock.
        await Eventually.Async(
            () =>
            {
                app.Clock.Advance(TimeSpan.FromMinutes(1));
                return app.School.Name == "Alder and Ash";
            },
            TimeSpan.FromSeconds(20));
        await follow.StopAsync(CancellationToken.None);
    }
}
