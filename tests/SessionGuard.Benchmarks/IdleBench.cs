using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Benchmarks;

/// <summary>What two nodes ask of PostgreSQL while nothing happens: the turns of every job, and the engine that says when.</summary>
internal static class IdleBench
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(120);

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine("\n== idle: two nodes on one PostgreSQL, jobs on");
        if (!bench.Engines.Contains("postgres"))
        {
            Console.WriteLine("skipped: PostgreSQL only");
            return;
        }

        // A server of its own: what counts statements is loaded at its start, and would slow the other parts.
        await using var server = await PostgresServer.StartAsync(durable: true);
        await server.ExecuteAsync("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
        await server.RestartAsync();
        using var storage = await Storage.MakeAsync("postgres", server);
        await using var node = await Target.App(storage, jobs: true).ReadyAsync();
        await using var other = await Target.App(storage, jobs: true).ReadyAsync();
        await using var connection = (NpgsqlConnection)await storage.OpenAsync();
        await ExecuteAsync(connection, "CREATE EXTENSION pg_stat_statements");
        await PassAsync(Settling);

        var before = await TransactionsAsync(connection);
        await ExecuteAsync(connection, "SELECT pg_stat_statements_reset()");
        var watch = Stopwatch.StartNew();
        await PassAsync(Measured);
        var seconds = watch.Elapsed.TotalSeconds;
        var (all, engines) = (await StatementsAsync(connection, "%"), await StatementsAsync(connection, "%hangfire%"));
        var transactions = await TransactionsAsync(connection) - before;
        Console.WriteLine($"{"each second, together",-44} {all.Calls / seconds:N0} statements, {engines.Calls / seconds:N0} of them on Hangfire's tables; "
            + $"{transactions / seconds:N0} transactions; {all.Milliseconds / seconds:0.0} ms of server time in statements");
    }

    private static async Task PassAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }

    private static async Task<(double Calls, double Milliseconds)> StatementsAsync(NpgsqlConnection connection, string like)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(SUM(calls), 0)::float8, COALESCE(SUM(total_exec_time), 0)::float8 FROM pg_stat_statements WHERE query ILIKE @like";
        command.Parameters.AddWithValue("like", like);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetDouble(0), row.GetDouble(1));
    }

    private static async Task<double> TransactionsAsync(NpgsqlConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()";
        return Convert.ToDouble(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only this part's own words come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
