using System.Net;
using Npgsql;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using Timeout = SessionGuard.ResilienceTests.Kit.Timeout;

namespace SessionGuard.ResilienceTests;

/// <summary>The network between the service and PostgreSQL is cut, silent, slow or torn into bytes.</summary>
[Collection(nameof(Alone))]
public sealed class NetworkFaultTests
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(2.9);
    private static readonly HttpStatusCode?[] Honest = [HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable];

    /// <summary>The row is there and nobody was told so: the commit that may or may not have been.</summary>
    [Fact]
    public async Task Answer_to_the_commit_cut_off_at_any_byte_means_503_and_one_row_in_the_end()
    {
        var cuts = Size.Of(25, 200);
        await using var net = await Net.LaidAsync();
        await net.Sender.SendAsync();
        for (var cut = 0; cut < cuts; cut++)
        {
            var limit = new LimitData(cut % 40);
            net.Relay.Add(Direction.Downstream, limit);
            var attempt = await net.Sender.SendAsync();
            Assert.Contains(attempt.Answer, Honest);
            Size.Within(InTime, attempt.Took);
            Assert.False(limit.Reached.IsCompleted && attempt.IsAcknowledged);
            net.Relay.Heal();
            await net.Sender.ResendAsync();
        }

        Assert.Contains(net.Sender.Attempts, a => a.Answer is HttpStatusCode.ServiceUnavailable);
        Report.Balanced("answer to the commit cut (5)", StorageEngine.PostgreSql, cuts, Balance.Of(net.Sender, await net.Site.Database.StoredAsync()));
    }

    [Theory]
    [InlineData("network drops (5)")]
    [InlineData("network resets (5)")]
    [InlineData("network slow and sliced (5)")]
    public async Task Bad_network_means_an_honest_answer_in_time_and_a_quick_return(string fault)
    {
        var rounds = Size.Of(1, 10);
        await using var net = await Net.LaidAsync();
        var recovery = TimeSpan.Zero;
        await using (net.Sender.Load(perSecond: 50, connections: 200))
        {
            for (var round = 0; round < rounds; round++)
            {
                await net.Sender.UntilAsync(50, a => a.IsAcknowledged);
                net.Spoil(fault);
                await net.Sender.UntilAsync(Size.Of(60, 300), _ => true);
                net.Relay.Heal();
                var recovered = await net.Sender.RecoverAsync();
                recovery = recovered > recovery ? recovered : recovery;
            }
        }

        await net.Sender.ResendAsync();
        Report.Balanced(fault, StorageEngine.PostgreSql, rounds, Balance.Of(net.Sender, await net.Site.Database.StoredAsync()), recovery);
        Assert.All(net.Sender.Attempts, a => Assert.Contains(a.Answer, Honest));
        Size.Within(InTime, net.Sender.Attempts.Max(a => a.Took));
        Size.Within(TimeSpan.FromSeconds(5), recovery);
    }

    /// <summary>A service whose every byte to its database goes through a relay.</summary>
    private sealed class Net(Site site, Relay relay, Sender sender) : IAsyncDisposable
    {
        public Site Site => site;

        public Relay Relay => relay;

        public Sender Sender => sender;

        public static async Task<Net> LaidAsync()
        {
            var direct = new NpgsqlConnectionStringBuilder(await TestDatabases.PostgresAsync());
            var relay = new Relay(direct.Port);
            var site = await Site.PrepareAsync(StorageEngine.PostgreSql, direct.ConnectionString);
            var through = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Port = relay.Port };
            var service = await site.StartAsync(new() { ["Storage:ConnectionString"] = through.ConnectionString });
            return new Net(site, relay, new Sender(service.Address));
        }

        public void Spoil(string fault)
        {
            switch (fault.Split(' ')[1])
            {
                case "drops":
                    relay.Add(Direction.Upstream, new Timeout());
                    relay.Add(Direction.Downstream, new Timeout());
                    break;
                case "resets":
                    relay.GoDown();
                    break;
                default:
                    relay.Add(Direction.Downstream, new Latency(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5)));
                    relay.Add(Direction.Downstream, new Slicer(1));
                    break;
            }
        }

        public async ValueTask DisposeAsync()
        {
            sender.Dispose();
            await site.DisposeAsync();
            await relay.DisposeAsync();
        }
    }
}
