using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SessionGuard.Platform.Backups;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Jobs;

/// <summary>Hangfire's tables come with ours, by whoever may make them, and are no part of a backup.</summary>
public sealed class HangfireSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_verb_migrate_makes_its_tables_and_a_start_that_may_not_migrate_changes_nothing()
    {
        var connection = await TestDatabases.EmptyPostgresAsync();
        var settings = App.Settings(_folder, StorageEngine.PostgreSql, connection);
        var migrated = await ProgramRun.ToEndAsync(_folder, ["migrate"], settings);
        Assert.True(migrated.ExitCode == 0, migrated.Error);
        await ExecuteAsync(connection, """
            CREATE TABLE changes_seen (tag text);
            CREATE FUNCTION see_change() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.changes_seen VALUES (tg_tag); END $$;
            CREATE EVENT TRIGGER see_change ON ddl_command_start EXECUTE FUNCTION see_change();
            """);

        var turns = new Turns();
        await using (await App.StartAsync(
            StorageEngine.PostgreSql,
            new(Turns.Enabled) { ["Storage:ConnectionString"] = connection, ["Storage:MigrateOnStart"] = "false" }, turns.Register))
        {
            await turns.ComeAsync(2);
        }

        Assert.Equal(0L, await AskAsync(connection, "SELECT count(*) FROM changes_seen"));
    }

    [Fact]
    public async Task Without_its_tables_a_start_that_may_not_migrate_says_who_must()
    {
        var connection = await TestDatabases.PostgresAsync();
        await ExecuteAsync(connection, "DROP SCHEMA hangfire CASCADE");
        var settings = App.Settings(_folder, StorageEngine.PostgreSql, connection);

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(_folder, ["serve", "--urls=http://127.0.0.1:0", "--Storage:MigrateOnStart=false"], settings);

        Assert.Equal(1, exitCode);
        Assert.Contains("run the verb migrate", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_may_migrate_brings_tables_of_an_older_Hangfire_up_to_date()
    {
        var connection = await TestDatabases.PostgresAsync();
        await ExecuteAsync(connection, "DROP SCHEMA hangfire CASCADE");
        var turns = new Turns();

        await using var app = await App.StartAsync(
            StorageEngine.PostgreSql, new(Turns.Enabled) { ["Storage:ConnectionString"] = connection }, turns.Register);

        await turns.ComeAsync(1);
    }

    [Fact]
    public async Task A_backup_holds_no_turns_and_a_restored_database_runs_its_jobs()
    {
        var backup = Path.Combine(_folder, "school.backup");
        var turns = new Turns();
        await using (var app = await App.StartAsync(StorageEngine.PostgreSql, Turns.Enabled, turns.Register))
        {
            await turns.ComeAsync(1);
            await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
            await scope.ServiceProvider.GetRequiredService<TakeBackup>().HandleAsync(backup, force: false, CancellationToken.None);
        }

        var elsewhere = await TestDatabases.EmptyPostgresAsync();
        var restored = await ProgramRun.ToEndAsync(_folder, ["restore", backup], App.Settings(_folder, StorageEngine.PostgreSql, elsewhere));
        Assert.True(restored.ExitCode == 0, restored.Error);
        Assert.Equal(0L, await AskAsync(elsewhere, "SELECT (SELECT count(*) FROM hangfire.job) + (SELECT count(*) FROM hangfire.lock) + (SELECT count(*) FROM hangfire.hash)"));
        var again = new Turns();
        await using var next = await App.StartAsync(
            StorageEngine.PostgreSql, new(Turns.Enabled) { ["Storage:ConnectionString"] = elsewhere }, again.Register);
        await again.ComeAsync(2);
    }

    /// <summary>As one that was not made by the verb.</summary>
    [Fact]
    public async Task A_dump_by_hand_with_stale_turns_in_it_is_restored_without_them()
    {
        var connection = await TestDatabases.PostgresAsync();
        var dump = Path.Combine(_folder, "by-hand.backup");
        Dictionary<string, string?> settings = App.Settings(_folder, StorageEngine.PostgreSql, connection);
        await using (var app = await App.StartAsync(StorageEngine.PostgreSql, new() { ["Storage:ConnectionString"] = connection }))
        {
            await app.ReadAsync(db => db.Database.ExecuteSqlRawAsync("INSERT INTO hangfire.lock (resource, acquired) VALUES ('hangfire:recurring-jobs:lock', now() + interval '1 day')"));
            await app.Services.GetRequiredService<PostgresPrograms>().RunAsync("pg_dump", ["--format=custom", $"--file={dump}"], CancellationToken.None);
        }

        NpgsqlConnection.ClearAllPools();
        var restored = await ProgramRun.ToEndAsync(_folder, ["restore", dump, "--replace"], settings);

        Assert.True(restored.ExitCode == 0, restored.Error);
        Assert.Equal(0L, await AskAsync(connection, "SELECT count(*) FROM hangfire.lock"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> AskAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
