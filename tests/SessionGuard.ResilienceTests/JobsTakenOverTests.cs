using SessionGuard.Composition;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;

namespace SessionGuard.ResilienceTests;

/// <summary>Two nodes share the jobs, and one of them dies or freezes: what it held is the other's within seconds.</summary>
[Collection(nameof(Alone))]
public sealed class JobsTakenOverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly string[] Frequent = [.. Schedule.All.Where(j => j.Every <= TimeSpan.FromSeconds(10)).Select(j => j.Name)];

    [Fact]
    public async Task The_jobs_of_a_node_that_was_killed_go_on_elsewhere()
    {
        var rounds = Size.Of(1, 20);
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, settings: new() { ["Jobs:Enabled"] = "true" });
        var nodes = await Task.WhenAll(site.StartAsync(), site.StartAsync());
        await site.Database.TurnsAsync(Frequent, Patience);
        var recovery = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            // Under load, so that it dies in the middle of passes, with locks and turns in its hands.
            using var sender = new Sender(nodes[0].Address);
            await using (sender.Load(perSecond: 200))
            {
                await sender.UntilAsync(100 + (round * 37), a => a.IsAcknowledged);
                await nodes[0].KillAsync();
            }

            var took = await site.Database.TurnsAsync(Frequent, Patience);
            recovery = took > recovery ? took : recovery;
            await nodes[0].LaunchAsync();
        }

        Report.Balanced("jobs of a killed node taken over", StorageEngine.PostgreSql, rounds, Balance.Of([0], [0], [0]), recovery);
        Size.Within(Bound, recovery);
    }

    [Fact]
    public async Task A_node_that_froze_writes_over_nobody_when_it_wakes()
    {
        var rounds = Size.Of(1, 10);
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, settings: new() { ["Jobs:Enabled"] = "true" });
        var nodes = await Task.WhenAll(site.StartAsync(), site.StartAsync());
        using var sender = new Sender(nodes[1].Address);
        var recovery = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            await using (sender.Load(perSecond: 100))
            {
                await sender.UntilAsync(100, a => a.IsAcknowledged);
                await nodes[0].SignalAsync("STOP");
                var took = await site.Database.TurnsAsync(Frequent, Patience);
                recovery = took > recovery ? took : recovery;
                await nodes[0].SignalAsync("CONT");
                await site.Database.TurnsAsync(Frequent, Patience);
            }
        }

        await sender.ResendAsync();
        await site.Database.AppliedAsync(Patience);
        Assert.All(nodes, node => Assert.True(node.IsAlive));
        Report.Balanced("a node frozen among its jobs: effects", StorageEngine.PostgreSql, rounds, Balance.Of(sender, await site.Database.EffectsAsync()), recovery);
        Size.Within(Bound, recovery);
    }
}
