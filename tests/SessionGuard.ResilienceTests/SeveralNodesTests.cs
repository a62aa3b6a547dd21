using System.Net;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;

namespace SessionGuard.ResilienceTests;

/// <summary>Several processes on one PostgreSQL.</summary>
public sealed class SeveralNodesTests
{
    private const int ChildrenOfAClass = 20;
    private static readonly Dictionary<string, string?> WithJobs = new() { ["Jobs:Enabled"] = "true" };

    [Fact]
    public async Task Copies_thrown_at_two_nodes_at_once_are_all_acknowledged_and_take_effect_once()
    {
        var events = Size.Of(200, 1000);
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, settings: WithJobs);
        var (one, other) = (await site.StartAsync(), await site.StartAsync());
        using var sender = new Sender(one.Address, other.Address);
        // From one copy of a delivery to twenty, turn and turn about on the nodes.
        var copies = Enumerable.Range(0, events).SelectMany(n => Enumerable.Range(0, 1 + (n % 20)).Select(copy => (n, copy))).ToList();
        await Parallel.ForEachAsync(copies, new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (c, _) => await sender.SendAsync(c.n, (c.n + c.copy) % 2 == 0 ? one.Address : other.Address));

        await site.Database.AppliedAsync(TimeSpan.FromSeconds(60));
        Report.Balanced("copies to two nodes (10)", StorageEngine.PostgreSql, 1, Balance.Of(sender, await site.Database.StoredAsync()));
        Report.Balanced("copies to two nodes (10): effects", StorageEngine.PostgreSql, 1, Balance.Of(sender, await site.Database.EffectsAsync()));
        Assert.Equal(copies.Count, sender.Attempts.Count(a => a.IsAcknowledged));
        Size.Within(TimeSpan.FromSeconds(3), sender.Attempts.Max(a => a.Took));
    }

    [Fact]
    public async Task Reminders_due_in_the_same_second_leave_once_each_whichever_of_three_nodes_sends_them()
    {
        var (rounds, families) = (Size.Of(1, 20), Size.Of(120, 1000));
        await using var server = new ScriptedSmtpServer();
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, settings: new(server.Settings)
        {
            ["Jobs:Enabled"] = "true",
            ["Mail:SideBySide"] = "32", // all of one school, which may take a quarter
        });
        // It changes nothing by itself; the nodes are the processes.
        await using var office = await App.StartAsync(StorageEngine.PostgreSql, new()
        {
            ["DataFolder"] = site.Folder,
            ["Storage:ConnectionString"] = site.Connection,
        }, clock: new TestClock(DateTimeOffset.UtcNow));
        var school = new FamilySchool(office.Services);
        var attempted = new List<int>();
        foreach (var children in Enumerable.Range(0, rounds * families).Chunk(ChildrenOfAClass))
        {
            attempted.AddRange(children);
            var tap = await school.ClassAsync($"Tap {children[0]}", DateTimeOffset.UtcNow.AddHours(20));
            foreach (var number in children)
            {
                await school.ChildAsync($"Child {number}", [await school.CarerAsync($"Carer {number}", $"carer{number}@families.example")], tap);
            }
        }

        var nodes = await Task.WhenAll(site.StartAsync(), site.StartAsync(), site.StartAsync());
        List<ReceivedMail> Asked() => [.. server.Messages.Where(m => m.Header("To").Contains("@families.example", StringComparison.Ordinal))];
        await Eventually.Async(() => Asked().Count >= attempted.Count, TimeSpan.FromSeconds(Size.Of(60, 600)));
        await Eventually.Async(async () => await site.Database.CountAsync("SELECT COUNT(*) FROM outbox_messages WHERE state <> 'Sent'") == 0, TimeSpan.FromSeconds(20));
        Assert.All(nodes, n => Assert.True(n.IsAlive));
        Assert.Distinct(server.Messages.Select(m => m.Header("Message-ID")));
        Report.Balanced("reminders raced by three nodes (16)", StorageEngine.PostgreSql, rounds,
            Balance.Of(attempted, attempted, [.. Asked().Select(m => m.NumberIn("To"))]));
    }

    /// <summary>There is no release before this one yet: both nodes are this build, one after the other is replaced under load.</summary>
    [Fact]
    public async Task Nodes_replaced_in_turn_lose_nothing_and_answer_no_error()
    {
        var rounds = Size.Of(1, 10);
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, settings: WithJobs);
        var nodes = new[] { await site.StartAsync(), await site.StartAsync() };
        using var sender = new Sender([.. nodes.Select(n => n.Address)]);
        await using (sender.Load(perSecond: 100))
        {
            for (var round = 0; round < rounds; round++)
            {
                foreach (var node in nodes)
                {
                    await sender.UntilAsync(60, a => a.IsAcknowledged);
                    Assert.Equal(0, await node.StopAsync());
                    await node.LaunchAsync();
                }
            }

            await sender.UntilAsync(60, a => a.IsAcknowledged);
        }

        await sender.ResendAsync();
        await site.Database.AppliedAsync(TimeSpan.FromSeconds(60));
        Report.Balanced("nodes replaced in turn (27)", StorageEngine.PostgreSql, rounds, Balance.Of(sender, await site.Database.EffectsAsync()));
        // Nobody listens while a node is replaced; a node that listens answers.
        Assert.All(sender.Attempts, a => Assert.Contains(a.Answer, (HttpStatusCode?[])[HttpStatusCode.OK, null]));
    }
}
