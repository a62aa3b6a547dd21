using System.Globalization;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests;

/// <summary>The wire to the mail server breaks in the middle of a mail. What the server itself may say stands in the service's own tests.</summary>
public sealed class MailWireTests
{
    [Theory]
    [InlineData(nameof(Direction.Upstream), 5000)]
    [InlineData(nameof(Direction.Downstream), 60)]
    public async Task Mail_cut_off_at_any_byte_arrives_after_all_and_twice_only_under_one_name(string direction, int wholeTalk)
    {
        var cuts = Size.Of(12, 100);
        await using var wire = await Wire.LaidAsync();
        for (var cut = 0; cut < cuts; cut++)
        {
            await wire.QueueAsync(cut);
            wire.Relay.Add(Enum.Parse<Direction>(direction), new LimitData(cut * wholeTalk / cuts));
            await wire.App.RunAsync<SendMailJob>();
            wire.Relay.Heal();
            wire.App.Clock.Advance(TimeSpan.FromMinutes(1));
            await wire.App.RunAsync<SendMailJob>();
        }

        var doubled = wire.Server.Messages.CountBy(m => m.NumberIn("To")).Count(m => m.Value > 1);
        Assert.InRange(doubled, 0, cuts / 2); // only where all of the mail had passed and the answer had not
        Report.Balanced($"mail cut off, {direction.ToLowerInvariant()} (24)", StorageEngine.Sqlite, cuts, await wire.BalanceAsync());
    }

    [Fact]
    public async Task Mail_over_a_slow_wire_that_tears_everything_into_bytes_arrives_at_its_first_try()
    {
        await using var wire = await Wire.LaidAsync();
        wire.Relay.Add(Direction.Upstream, new Slicer(1));
        wire.Relay.Add(Direction.Downstream, new Latency(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(30)));
        wire.Relay.Add(Direction.Downstream, new Slicer(1));
        for (var number = 0; number < 5; number++)
        {
            await wire.QueueAsync(number);
        }

        await wire.App.RunAsync<SendMailJob>();

        Report.Balanced("mail over a slow wire (24)", StorageEngine.Sqlite, 1, await wire.BalanceAsync());
        Assert.Equal(5, wire.Server.Messages.Count);
    }

    /// <summary>The service, a mail server, and a relay between them.</summary>
    private sealed class Wire(App app, Relay relay, ScriptedSmtpServer server) : IAsyncDisposable
    {
        public App App => app;

        public Relay Relay => relay;

        public ScriptedSmtpServer Server => server;

        public static async Task<Wire> LaidAsync()
        {
            var server = new ScriptedSmtpServer();
            var relay = new Relay(server.Port);
            var app = await App.StartAsync(
                StorageEngine.Sqlite, new(server.Settings) { ["Mail:Smtp:Port"] = relay.Port.ToString(CultureInfo.InvariantCulture) });
            return new Wire(app, relay, server);
        }

        public Task QueueAsync(int number) => app.QueueAsync(Letters.To(app, $"carer{number}@families.example"));

        /// <summary>The mails that were decided on against those that arrived. One that came twice under one Message-ID is one.</summary>
        public async Task<Balance> BalanceAsync()
        {
            var decided = await app.OutboxAsync();
            Assert.All(decided, m => Assert.Equal(OutboxState.Sent, m.State));
            var numbers = Enumerable.Range(0, decided.Count).ToList();
            return Balance.Of(numbers, numbers, [.. server.Messages.DistinctBy(m => m.Header("Message-ID")).Select(m => m.NumberIn("To"))]);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            await relay.DisposeAsync();
            await server.DisposeAsync();
        }
    }
}
