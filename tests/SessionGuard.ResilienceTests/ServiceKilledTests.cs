using System.Diagnostics;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests;

/// <summary>The service ends, suddenly or politely, while deliveries come in and are applied.</summary>
public sealed class ServiceKilledTests
{
    private static readonly Dictionary<string, string?> WithJobs = new() { ["Jobs:Enabled"] = "true" };

    [Theory, OnEachEngine]
    internal async Task Killed_in_the_middle_it_loses_nothing_and_does_nothing_twice(StorageEngine engine)
    {
        var rounds = Size.Of(2, 30);
        await using var site = await Site.PrepareAsync(engine, settings: WithJobs);
        var service = await site.StartAsync();
        using var sender = new Sender(service.Address);
        var recovery = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            await using (sender.Load(perSecond: 200))
            {
                // Another moment in each round.
                await sender.UntilAsync(Size.Of(150, 400) + (round % 10 * 97), a => a.IsAcknowledged);
                await service.KillAsync();
            }

            await site.AfterTheLeasesAsync();
            var restart = Stopwatch.StartNew();
            await service.LaunchAsync();
            await sender.RecoverAsync();
            recovery = TimeSpan.FromTicks(Math.Max(recovery.Ticks, restart.Elapsed.Ticks));
            await sender.ResendAsync();
        }

        await site.Database.AppliedAsync(TimeSpan.FromSeconds(Size.Of(60, 300)));
        await service.KillAsync();
        Report.Balanced("service killed (1)", engine, rounds, Balance.Of(sender, await site.Database.StoredAsync()), recovery);
        Report.Balanced("service killed (1): effects", engine, rounds, Balance.Of(sender, await site.Database.EffectsAsync()));
        Assert.Contains(await site.Database.IntegrityAsync(), (string?[])[null, "ok"]);
        Size.Within(TimeSpan.FromSeconds(10), recovery);
    }

    [Theory, OnEachEngine]
    internal async Task Asked_to_stop_it_answers_whom_it_let_in_and_gives_back_what_it_held(StorageEngine engine)
    {
        var rounds = Size.Of(2, 30);
        await using var site = await Site.PrepareAsync(engine, settings: WithJobs);
        var service = await site.StartAsync();
        using var sender = new Sender(service.Address);
        var recovery = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            await using (sender.Load(perSecond: 200))
            {
                await sender.UntilAsync(Size.Of(150, 400) + (round % 10 * 97), a => a.IsAcknowledged);
                var stopping = Stopwatch.StartNew();
                Assert.Equal(0, await service.StopAsync());
                Size.Within(TimeSpan.FromSeconds(15), stopping.Elapsed);
            }

            Assert.Equal(0, await site.Database.CountAsync("SELECT COUNT(*) FROM inbox_messages WHERE state = 'Pending' AND leased_until IS NOT NULL"));
            var restart = Stopwatch.StartNew();
            await service.LaunchAsync();
            await sender.RecoverAsync();
            recovery = TimeSpan.FromTicks(Math.Max(recovery.Ticks, restart.Elapsed.Ticks));
            await sender.ResendAsync();
        }

        await site.Database.AppliedAsync(TimeSpan.FromSeconds(Size.Of(60, 300)));
        Assert.Equal(0, await service.StopAsync());
        Report.Balanced("service stopped (9)", engine, rounds, Balance.Of(sender, await site.Database.StoredAsync()), recovery);
        Report.Balanced("service stopped (9): effects", engine, rounds, Balance.Of(sender, await site.Database.EffectsAsync()));
    }
}
