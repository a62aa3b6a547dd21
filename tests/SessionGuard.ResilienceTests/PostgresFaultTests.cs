using System.Diagnostics;
using System.Net;
using SessionGuard.Composition;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;

namespace SessionGuard.ResilienceTests;

/// <summary>PostgreSQL dies, freezes, or is not there. Each test has a server of its own, with every safety on.</summary>
[Collection(nameof(Alone))]
public sealed class PostgresFaultTests
{
    /// <summary>Zoom gives up at 3 seconds; the service means to answer at 2.25.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(2.9);

    /// <summary>For what comes in seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Killed_under_load_it_takes_nothing_acknowledged_along()
    {
        var rounds = Size.Of(1, 20);
        await using var server = await DurableAsync();
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, server.ConnectionString("postgres"));
        var service = await site.StartAsync();
        using var sender = new Sender(service.Address);
        var recovery = TimeSpan.Zero;
        await using (sender.Load(perSecond: 200))
        {
            for (var round = 0; round < rounds; round++)
            {
                await sender.UntilAsync(200, a => a.IsAcknowledged);
                await server.SignalAsync("KILL");
                await sender.UntilAsync(40, a => a.Answer is HttpStatusCode.ServiceUnavailable);
                await server.LaunchAsync();
                recovery = Longer(recovery, await sender.RecoverAsync());
            }
        }

        await sender.ResendAsync();
        Report.Balanced("PostgreSQL killed (3)", StorageEngine.PostgreSql, rounds, Balance.Of(sender, await site.Database.StoredAsync()), recovery);
        Assert.All(sender.Attempts, a => Assert.Contains(a.Answer, (HttpStatusCode?[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        Assert.True(service.IsAlive);
        Size.Within(TimeSpan.FromSeconds(10), recovery);
    }

    [Fact]
    public async Task Frozen_it_means_503_in_time_and_no_harm_when_it_thaws()
    {
        var rounds = Size.Of(1, 3);
        await using var server = await DurableAsync();
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, server.ConnectionString("postgres"));
        var service = await site.StartAsync();
        using var sender = new Sender(service.Address);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => sender.SendAsync()));
        var before = service.Size;
        var recovery = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            var during = await FreezeAsync(server, sender, () => service.Size);
            Assert.InRange(during.Threads, 0, before.Threads + 50);
            Assert.InRange(during.Bytes, 0, before.Bytes + (50 * 1024 * 1024));
            recovery = Longer(recovery, await sender.RecoverAsync());
        }

        await sender.ResendAsync();
        Report.Balanced("PostgreSQL frozen (4)", StorageEngine.PostgreSql, rounds, Balance.Of(sender, await site.Database.StoredAsync()), recovery);
        Size.Within(TimeSpan.FromSeconds(5), recovery);
    }

    [Fact]
    public async Task Zooms_challenge_is_answered_without_any_database()
    {
        await using var server = await DurableAsync();
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, server.ConnectionString("postgres"));
        var service = await site.StartAsync();
        using var challenger = new Challenger(service.Address);
        await challenger.AskAsync(0); // the first request of a process pays for its compiling
        await server.SignalAsync("KILL");

        for (var n = 1; n <= 100; n++)
        {
            var took = await challenger.AskAsync(n);
            Size.Within(TimeSpan.FromSeconds(1), took);
        }

        await server.LaunchAsync();
    }

    [Fact]
    public async Task Away_for_a_minute_it_leaves_every_job_on_its_rhythm()
    {
        var longest = TimeSpan.FromSeconds(Size.Of(10, 60)); // what has missed a turn then is due at once
        var jobs = Schedule.All.Where(j => j.At is null && j.Every <= longest).Select(j => j.Name).ToList();
        await using var server = await DurableAsync();
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, server.ConnectionString("postgres"), new() { ["Jobs:Enabled"] = "true" });
        var service = await site.StartAsync();
        using var sender = new Sender(service.Address);
        await site.Database.TurnsAsync(jobs, Patience);

        await server.SignalAsync("KILL");
        await using (sender.Load(perSecond: 10))
        {
            await sender.UntilAsync(Size.Of(100, 600), a => a.Answer is HttpStatusCode.ServiceUnavailable);
        }

        await server.LaunchAsync();
        var recovery = await site.Database.TurnsAsync(jobs, Patience);
        await sender.ResendAsync();
        Report.Balanced("PostgreSQL away (60 s): jobs again", StorageEngine.PostgreSql, 1, Balance.Of(sender, await site.Database.StoredAsync()), recovery);
        Assert.True(service.IsAlive);
        Size.Within(TimeSpan.FromSeconds(10), recovery);
    }

    private static async Task<PostgresServer> DurableAsync()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL's server programs are not installed (Debian: postgresql-15).");
        return await PostgresServer.StartAsync(durable: true);
    }

    /// <returns>What was read while it was frozen.</returns>
    private static async Task<T> FreezeAsync<T>(PostgresServer server, Sender sender, Func<T> read)
    {
        await server.SignalAsync("STOP");
        var frozen = Stopwatch.StartNew();
        var started = sender.Attempts.Count;
        await using (sender.Load(perSecond: 50, connections: 200))
        {
            // Every answer of the first seconds has come by then.
            await sender.UntilAsync(Size.Of(150, 900), a => a.Answer is HttpStatusCode.ServiceUnavailable);
        }

        var result = read();
        await server.SignalAsync("CONT");
        var answers = sender.Attempts.Skip(started).ToList();
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.ServiceUnavailable, a.Answer));
        Size.Within(InTime, answers.Max(a => a.Took));
        Assert.InRange(frozen.Elapsed, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(1));
        return result;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
