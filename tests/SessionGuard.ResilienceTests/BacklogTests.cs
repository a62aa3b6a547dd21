using System.Diagnostics;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests;

/// <summary>Much was stored while nothing was applied.</summary>
public sealed class BacklogTests
{
    [Theory, OnEachEngine]
    internal async Task Backlog_is_worked_off_while_new_deliveries_are_answered_in_time(StorageEngine engine)
    {
        await using var site = await Site.PrepareAsync(engine);
        var service = await site.StartAsync();
        using var sender = new Sender(service.Address);
        await Parallel.ForEachAsync(Enumerable.Range(0, Size.Of(1_000, 100_000)), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, _) => await sender.SendAsync());
        await sender.ResendAsync();
        Assert.Equal(0, await service.StopAsync());
        await service.LaunchAsync(new Dictionary<string, string?> { ["Jobs:Enabled"] = "true" });

        var before = sender.Attempts.Count;
        var watch = Stopwatch.StartNew();
        await using (sender.Load(perSecond: 50))
        {
            await Eventually.Async(
                async () => await site.Database.CountAsync("SELECT COUNT(*) FROM participant_events") >= sender.Acknowledged * 0.99,
                Size.Of(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)));
        }

        var drained = watch.Elapsed;
        var late = sender.Attempts.Skip(before).Select(a => a.Took).Order().ToList();
        await sender.ResendAsync();
        await site.Database.AppliedAsync(TimeSpan.FromSeconds(60));
        Report.Balanced("backlog worked off (14)", engine, 1, Balance.Of(sender, await site.Database.EffectsAsync()), drained);
        Assert.InRange(late[(int)(late.Count * 0.99)], TimeSpan.Zero, Size.Of(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(500)));
        Assert.InRange(service.Size.Bytes, 0, 512 * 1024 * 1024);
    }
}
