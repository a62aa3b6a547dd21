using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Storage;

/// <summary>Starts of the built program that meet each other, or what a start before them left.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Four_processes_that_start_together_on_an_empty_PostgreSQL_all_come_up_and_stop_in_seconds()
    {
        using var folder = new TemporaryFolder();
        var connection = await TestDatabases.EmptyPostgresAsync();
        var settings = App.Settings(folder, StorageEngine.PostgreSql, connection);
        settings["Jobs:Enabled"] = "true";

        var runs = Enumerable.Range(0, 4).Select(_ => ProgramRun.Start(folder, ["serve", "--urls=http://127.0.0.1:0"], settings)).ToList();
        try
        {
            await Task.WhenAll(runs.Select(r => r.LineAsync("Application started")));
            // A sign of life is given beside the start, not in its way.
            await CountAsync(connection, "nodes", until: 4);
            await CountAsync(connection, "hangfire.server", until: 4);
            Assert.Equal(1, await CountAsync(connection, "organisations"));
            Assert.All(await Task.WhenAll(runs.Select(r => r.StopAsync())), exitCode => Assert.Equal(0, exitCode));
            Assert.Equal(0, await CountAsync(connection, "nodes"));
            Assert.Equal(0, await CountAsync(connection, "hangfire.server"));
        }
        finally
        {
            await Task.WhenAll(runs.Select(r => r.DisposeAsync().AsTask()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(64)]
    public async Task A_migration_of_SQLite_that_was_killed_is_finished_by_the_next_start(int afterChanges)
    {
        using var folder = new TemporaryFolder();
        await using (var run = ProgramRun.Start(folder, ["migrate"]))
        {
            await ChangesOrEndAsync(folder, afterChanges, run);
            run.Kill();
        }

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["migrate"]);

        Assert.True(exitCode == 0, error);
        Assert.Equal(2, await TriggersAsync(folder));
    }

    [Fact]
    public async Task A_migration_lock_that_a_killed_start_left_behind_is_cleared()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(Database(folder))!);
        await ExecuteAsync(folder, """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT OR REPLACE INTO "__EFMigrationsLock" VALUES (1, '2026-11-24');
            """);

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["migrate"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("left its row in __EFMigrationsLock", error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (await ProgramRun.ToEndAsync(folder, ["migrate"])) switch { var again => (again.ExitCode, again.Error) });
    }

    [Fact]
    public async Task A_migration_of_PostgreSQL_that_was_killed_is_finished_by_the_next_start()
    {
        using var folder = new TemporaryFolder();
        var connection = await TestDatabases.EmptyPostgresAsync();
        var settings = App.Settings(folder, StorageEngine.PostgreSql, connection);
        await using var watcher = NpgsqlDataSource.Create(connection + ";Application Name=watcher");
        await using (var run = ProgramRun.Start(folder, ["migrate"], settings))
        {
            await using var locks = watcher.CreateCommand(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE application_name = 'sessionguard' AND mode = 'AccessExclusiveLock'");
            while (!run.HasExited && Convert.ToInt64(await locks.ExecuteScalarAsync(), CultureInfo.InvariantCulture) < 10)
            {
                await Task.Yield();
            }

            run.Kill();
        }

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["migrate"], settings);

        Assert.Equal((0, ""), (exitCode, error));
    }

    [Fact]
    public async Task A_second_service_on_the_same_SQLite_file_is_refused_and_the_first_one_goes_on()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var settings = App.Settings(app.Folder, StorageEngine.Sqlite, "");

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(app.Folder, ["serve", "--urls=http://127.0.0.1:0"], settings);

        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another SessionGuard", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.NotNull(app.School);
    }

    [Theory, OnEachEngine]
    internal async Task A_database_newer_than_the_program_is_refused(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.ReadAsync(db => db.Database.ExecuteSqlRawAsync(
            "INSERT INTO \"__EFMigrationsHistory\" (migration_id, product_version) VALUES ('99990101000000_Later', '99.0.0')"));
        var connection = await app.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString()));
        using var elsewhere = new TemporaryFolder();

        foreach (var verb in (string[])["serve", "migrate", "ledger verify"])
        {
            // SQLite's file is held by the running service: a copy of it is as new.
            var database = engine is StorageEngine.PostgreSql ? connection! : await CopyAsync(app, elsewhere);
            var settings = App.Settings(elsewhere, engine, database);
            var (exitCode, _, error) = await ProgramRun.ToEndAsync(elsewhere, [.. verb.Split(' '), "--urls=http://127.0.0.1:0"], settings);
            Assert.Equal(1, exitCode);
            Assert.Equal("The database is newer than this program: it has the schema change 99990101000000_Later. Start the newer program again.", error.Trim());
        }
    }

    [Fact]
    public async Task Where_the_service_may_not_migrate_it_says_who_must()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["serve", "--Storage:MigrateOnStart=false"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("run the verb migrate", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task ChangesOrEndAsync(string folder, int changes, ProgramRun run)
    {
        var seen = 0;
        var enough = new TaskCompletionSource();
        void Count(object sender, FileSystemEventArgs e)
        {
            if (Interlocked.Increment(ref seen) >= changes)
            {
                enough.TrySetResult();
            }
        }

        using var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        watcher.Created += Count;
        watcher.Changed += Count;
        await Task.WhenAny(enough.Task, run.EndAsync());
    }

    private static async Task<long> TriggersAsync(string folder)
    {
        await using var connection = new SqliteConnection($"Data Source={Database(folder)};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entries'";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How many rows there are; looks again until there are so many, where a number is given.</summary>
    private static async Task<long> CountAsync(string connection, string table, long? until = null)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand($"SELECT count(*) FROM {table}");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var count = (long)(await command.ExecuteScalarAsync(limit.Token))!;
            if (until is null || count == until)
            {
                return count;
            }
        }
    }

    private static async Task ExecuteAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database(folder)};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static Task<string> CopyAsync(App app, string folder) => app.ReadAsync(async db =>
    {
        var copy = Path.Combine(folder, "copy.db");
        File.Delete(copy);
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        return $"Data Source={copy}";
    });

    private static string Database(string folder) => Path.Combine(folder, "data", "sessionguard.db");
}
