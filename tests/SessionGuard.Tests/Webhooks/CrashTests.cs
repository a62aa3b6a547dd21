using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Npgsql;
using SessionGuard.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Webhooks;

namespace SessionGuard.Tests.Webhooks;

/// <summary>What was answered 200 is stored, whatever dies. Each test counts three ways: answered, refused, unknown.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sessionguard-crash-").FullName;
    private readonly ConcurrentDictionary<int, bool> _acknowledged = new();
    private int _sent;

    [Theory, OnEachEngine]
    internal async Task No_acknowledged_delivery_is_lost_when_the_service_is_killed(StorageEngine engine)
    {
        var connection = engine is StorageEngine.PostgreSql ? await TestDatabases.PostgresAsync() : "";
        await using var service = await ServiceProcess.StartAsync(_folder, engine, connection);
        for (var round = 0; round < 3; round++)
        {
            using var stop = new CancellationTokenSource();
            var before = _acknowledged.Count;
            var senders = Enumerable.Range(0, 16).Select(_ => SendAsync(service, stop.Token)).ToList();
            await UntilAsync(() => _acknowledged.Count > before + 200 + (100 * round));
            await service.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(senders);
            await service.LaunchAsync();
        }

        // Zoom sends again what it has no answer to, and what was answered 503; three times at the most.
        foreach (var unknown in Enumerable.Range(0, _sent).Where(n => !_acknowledged.ContainsKey(n)))
        {
            var answer = await service.SendAsync(Deliveries.Joined(unknown));
            for (var retry = 0; retry < 3 && answer is HttpStatusCode.ServiceUnavailable; retry++)
            {
                answer = await service.SendAsync(Deliveries.Joined(unknown));
            }

            Assert.Equal(HttpStatusCode.OK, answer);
        }

        await service.KillAsync();
        Assert.Equal(_sent, await StoredAsync(engine, connection));
    }

    [Fact]
    public async Task No_acknowledged_delivery_is_lost_when_PostgreSQL_is_killed()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL's server programs are not installed (Debian: postgresql-15).");
        await using var server = await PostgresServer.StartAsync(durable: true);
        await using var service = await ServiceProcess.StartAsync(_folder, StorageEngine.PostgreSql, server.ConnectionString("postgres"));
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentBag<HttpStatusCode?>();
        var senders = Enumerable.Range(0, 8).Select(_ => SendAsync(service, stop.Token, answers.Add)).ToList();
        for (var round = 0; round < 2; round++)
        {
            var before = _acknowledged.Count;
            await UntilAsync(() => _acknowledged.Count > before + 200);
            await SignalAllAsync(server, "KILL");
            answers.Clear();
            await UntilAsync(() => answers.Count(a => a is HttpStatusCode.ServiceUnavailable) > 20);
            await server.LaunchAsync();
            var recovering = Stopwatch.StartNew();
            before = _acknowledged.Count;
            await UntilAsync(() => _acknowledged.Count > before + 50);
            Assert.InRange(recovering.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            Assert.All(answers, a => Assert.Contains(a, (HttpStatusCode?[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        }

        await stop.CancelAsync();
        await Task.WhenAll(senders);
        Assert.True(service.IsAlive);
        Assert.Empty(_acknowledged.Keys.Select(UserId).Except(await StoredUsersAsync(server.ConnectionString("postgres"))));
    }

    [Fact]
    public async Task A_frozen_PostgreSQL_means_503_in_time_and_no_harm_afterwards()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL's server programs are not installed (Debian: postgresql-15).");
        await using var server = await PostgresServer.StartAsync(durable: true);
        await using var service = await ServiceProcess.StartAsync(_folder, StorageEngine.PostgreSql, server.ConnectionString("postgres"));
        Assert.Equal(HttpStatusCode.OK, await service.SendAsync(Deliveries.Joined(1_000_000)));
        await Task.WhenAll(Enumerable.Range(2_000_000, 500).Select(n => service.SendAsync(Deliveries.Joined(n))));
        var before = service.Size;

        await SignalAllAsync(server, "STOP");
        var slowest = TimeSpan.Zero;
        for (var second = 0; second < 6; second++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(second * 50, 50).Select(n => TimedAsync(service, n)));
            slowest = answers.Select(a => a.Took).Append(slowest).Max();
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.ServiceUnavailable, a.Status));
        }

        var during = service.Size;
        await SignalAllAsync(server, "CONT");
        var recovering = Stopwatch.StartNew();
        await UntilAsync(async () => await service.SendAsync(Deliveries.Joined(1_000_001)) is HttpStatusCode.OK);

        Assert.InRange(recovering.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(2.9)); // Zoom's limit is 3; this machine may be busy
        Assert.InRange(during.Threads, 0, before.Threads + 50);
        Assert.InRange(during.Bytes, 0, before.Bytes + (50 * 1024 * 1024));
        await Task.WhenAll(Enumerable.Range(0, 300).Select(n => service.SendAsync(Deliveries.Joined(n))));
        var stored = await StoredUsersAsync(server.ConnectionString("postgres"));
        Assert.Equal(802, stored.Count);
        Assert.Equal(802, stored.Distinct().Count());
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static string UserId(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task SendAsync(ServiceProcess service, CancellationToken stop, Action<HttpStatusCode?>? answered = null)
    {
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent) - 1;
            var answer = await service.SendAsync(Deliveries.Joined(number));
            answered?.Invoke(answer);
            if (answer is HttpStatusCode.OK)
            {
                _acknowledged[number] = true;
            }
        }
    }

    private static async Task<(HttpStatusCode? Status, TimeSpan Took)> TimedAsync(ServiceProcess service, int number)
    {
        var watch = Stopwatch.StartNew();
        return (await service.SendAsync(Deliveries.Joined(number)), watch.Elapsed);
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <summary>Outside this process nothing signals: it asks again until the answer is yes, for half a minute at most.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Signals the server of this test and the processes it forked; nothing else.</summary>
    private static async Task SignalAllAsync(PostgresServer server, string signal)
    {
        var parent = server.ProcessId;
        var children = await File.ReadAllTextAsync($"/proc/{parent}/task/{parent}/children");
        using var kill = Process.Start("kill", [$"-{signal}", UserId(parent), .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        await kill.WaitForExitAsync();
    }

    private async Task<long> StoredAsync(StorageEngine engine, string connection)
    {
        const string Count = "SELECT COUNT(*) FROM inbox_messages WHERE event = 'meeting.participant_joined'";
        if (engine is StorageEngine.Sqlite)
        {
            await using var file = new SqliteConnection($"Data Source={Path.Combine(_folder, "sessionguard.db")}");
            await file.OpenAsync();
            await using var query = file.CreateCommand();
            query.CommandText = "PRAGMA integrity_check";
            Assert.Equal("ok", await query.ExecuteScalarAsync());
            query.CommandText = Count;
            return (long)(await query.ExecuteScalarAsync())!;
        }

        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(Count);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<string>> StoredUsersAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = source.CreateCommand(
            "SELECT convert_from(body, 'UTF8')::json #>> '{payload,object,participant,user_id}' FROM inbox_messages");
        await using var rows = await command.ExecuteReaderAsync();
        var users = new List<string>();
        while (await rows.ReadAsync())
        {
            users.Add(rows.GetString(0));
        }

        return users;
    }
}
