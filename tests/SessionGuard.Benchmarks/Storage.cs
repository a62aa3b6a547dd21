using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Benchmarks;

/// <summary>A fresh database of each kind: a file, or a database on a private cluster with fsync on.</summary>
internal sealed class Storage(string engine, PostgresServer? server) : IDisposable
{
    private static readonly TimeSpan LongestPass = TimeSpan.FromMinutes(6);
    private static int _made;
    private readonly string _folder = Directory.CreateTempSubdirectory("sessionguard-bench-").FullName;
    private readonly string _database = $"bench_{Interlocked.Increment(ref _made)}";

    public string Engine => engine;

    public PostgresServer? Server => server;

    public string RowConnection => server is null ? $"Data Source={Path.Combine(_folder, "rows.db")}" : server.ConnectionString(_database + "_rows");

    private string AppConnection => server is null ? $"Data Source={Path.Combine(_folder, "sessionguard.db")}" : server.ConnectionString(_database);

    public static async Task<Storage> MakeAsync(string engine, PostgresServer? server)
    {
        var storage = new Storage(engine, server);
        if (server is not null)
        {
            await server.ExecuteAsync($"CREATE DATABASE {storage._database}");
            await server.ExecuteAsync($"CREATE DATABASE {storage._database}_rows");
        }

        return storage;
    }

    public IEnumerable<(string Key, string Value)> AppSettings(bool jobs) =>
    [
        ("DataFolder", _folder), ("Storage__Engine", server is null ? "Sqlite" : "PostgreSql"), ("Storage__ConnectionString", AppConnection),
        ("Jobs__Enabled", jobs ? "true" : "false"), ("Organisations__0__Slug", Zoom.Slug), ("Organisations__0__Name", "Bench"),
        ("Organisations__0__Zoom__AccountId", Zoom.AccountId), ("Organisations__0__Zoom__ClientId", "bench"),
        ("Organisations__0__Zoom__ClientSecret", "bench"), ("Organisations__0__Zoom__WebhookSecret", Zoom.Secret), ("Logging__LogLevel__Default", "Warning"),
        ("Logging__LogLevel__Microsoft.Hosting.Lifetime", "Information"), // says when the port is open
        // Nobody answers there: a check of a meeting fails at once instead of leaving the machine.
        ("Zoom__ApiBaseUrl", "http://127.0.0.1:9/v2"), ("Zoom__TokenUrl", "http://127.0.0.1:9/token"),
    ];

    /// <summary>One figure from the service's database.</summary>
    public async Task<double> ReadAsync(string sqlite, string? postgres = null)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = server is null ? sqlite : postgres ?? sqlite;
        return Convert.ToDouble(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the figure is no more than this, or for the longest a pass may take; the caller reads what is left.</summary>
    public async Task UntilAtMostAsync(string figure, double most)
    {
        var waited = Stopwatch.StartNew();
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await ReadAsync(figure) > most && waited.Elapsed < LongestPass && await looks.WaitForNextTickAsync())
        {
        }
    }

    /// <summary>Has the server write out what earlier parts left in its memory, which it would do at a time of its own.</summary>
    public Task SettleAsync() => server?.ExecuteAsync("CHECKPOINT") ?? Task.CompletedTask;

    /// <summary>The service's database.</summary>
    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = server is null ? new SqliteConnection(AppConnection) : new NpgsqlConnection(AppConnection);
        await connection.OpenAsync();
        return connection;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
