using System.Diagnostics;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;

namespace SessionGuard.ResilienceTests;

/// <summary>The service ends, suddenly or politely, while deliveries come in and are applied.</summary>
public sealed class ServiceKilledTests
{
    private static readonly Dictionary<string, string?> WithJobs = new() { ["Jobs:Enabled"] = "true" };

    private static int Rounds => Size.Of(2, 30);

    [Theory, OnEachEngine]
    internal async Task Killed_in_the_middle_it_loses_nothing_and_does_nothing_twice(StorageEngine engine)
    {
        await using var site = await Site.PrepareAsync(engine, settings: WithJobs);
        var service = await site.StartAsync();
        using var sender = new Sender(service.Address);

        var recovery = await EndAgainAndAgainAsync(service, sender, service.KillAsync, site.AfterTheLeasesAsync);

        await site.Database.AppliedAsync(TimeSpan.FromSeconds(Size.Of(60, 300)));
        await service.KillAsync();
        await ReportAsync("service killed (1)", engine, sender, site, recovery);
        Assert.Contains(await site.Database.IntegrityAsync(), (string?[])[null, "ok"]);
        Size.Within(TimeSpan.FromSeconds(10), recovery);
    }

    [Theory, OnEachEngine]
    internal async Task Asked_to_stop_it_answers_whom_it_let_in_and_gives_back_what_it_held(StorageEngine engine)
    {
        await using var site = await Site.PrepareAsync(engine, settings: WithJobs);
        var service = await site.StartAsync();
        using var sender = new Sender(service.Address);

        var recovery = await EndAgainAndAgainAsync(service, sender, StopAsync, HoldsNothingAsync);

        await site.Database.AppliedAsync(TimeSpan.FromSeconds(Size.Of(60, 300)));
        Assert.Equal(0, await service.StopAsync());
        await ReportAsync("service stopped (9)", engine, sender, site, recovery);

        async Task StopAsync()
        {
            var stopping = Stopwatch.StartNew();
            Assert.Equal(0, await service.StopAsync());
            Size.Within(TimeSpan.FromSeconds(15), stopping.Elapsed);
        }

        async Task HoldsNothingAsync() => Assert.Equal(
            0, await site.Database.CountAsync("SELECT COUNT(*) FROM inbox_messages WHERE state = 'Pending' AND leased_until IS NOT NULL"));
    }

    /// <summary>Under load, each time at another moment.</summary>
    /// <param name="end">How the service ends.</param>
    /// <param name="ended">What is done before it starts again.</param>
    /// <returns>The longest time from a start to an answer.</returns>
    private static async Task<TimeSpan> EndAgainAndAgainAsync(ServiceProcess service, Sender sender, Func<Task> end, Func<Task> ended)
    {
        var recovery = TimeSpan.Zero;
        for (var round = 0; round < Rounds; round++)
        {
            await using (sender.Load(perSecond: 200))
            {
                await sender.UntilAsync(Size.Of(150, 400) + (round % 10 * 97), a => a.IsAcknowledged);
                await end();
            }

            await ended();
            var restart = Stopwatch.StartNew();
            await service.LaunchAsync();
            await sender.RecoverAsync();
            recovery = TimeSpan.FromTicks(Math.Max(recovery.Ticks, restart.Elapsed.Ticks));
            await sender.ResendAsync();
        }

        return recovery;
    }

    private static async Task ReportAsync(string fault, StorageEngine engine, Sender sender, Site site, TimeSpan recovery)
    {
        Report.Balanced(fault, engine, Rounds, Balance.Of(sender, await site.Database.StoredAsync()), recovery);
        Report.Balanced($"{fault}: effects", engine, Rounds, Balance.Of(sender, await site.Database.EffectsAsync()));
    }
}
