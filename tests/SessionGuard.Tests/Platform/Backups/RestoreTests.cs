using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Backups;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Platform.Backups;

/// <summary>What is refused, what is replaced, and that nothing is lost over it.</summary>
public sealed class RestoreTests : IDisposable
{
    private static readonly LedgerAction Tested = LedgerAction.Declare("test", "A test wrote this.");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_backup_never_takes_the_place_of_a_file_unasked_and_leaves_nothing_behind()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var file = Path.Combine(_folder, "taken");
        await File.WriteAllTextAsync(file, "precious");

        Assert.Contains("--force", (await Assert.ThrowsAsync<StartException>(() => BackUpAsync(app, file))).Message, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(file));
        await BackUpAsync(app, file, force: true);
        Assert.True(SqliteFiles.IsOne(file));
        await app.WriteAsync(db => db.Record(new LedgerNote(app.School.Id, App.Noon, "service", Tested, "test", new { })));
        await app.ReadAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE ledger_heads SET sequence = 9"));
        Assert.Contains("ledger of alder", (await Assert.ThrowsAsync<StartException>(() => BackUpAsync(app, Path.Combine(_folder, "broken")))).Message, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_restore_that_cannot_be_trusted_changes_nothing()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var good = Path.Combine(_folder, "good");
        await BackUpAsync(app, good);
        var (garbage, newer, damaged) = (Path.Combine(_folder, "garbage"), Path.Combine(_folder, "newer"), Path.Combine(_folder, "damaged"));
        await File.WriteAllTextAsync(garbage, "not a database");
        File.Copy(good, newer);
        await ExecuteAsync(newer, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99')");
        var bytes = await File.ReadAllBytesAsync(good);
        Array.Fill(bytes, (byte)0xAA, bytes.Length / 2, 20_000);
        await File.WriteAllBytesAsync(damaged, bytes);

        Assert.Contains("not empty", await RefusalAsync(app, good, replace: false), StringComparison.Ordinal);
        Assert.Contains("not a backup", await RefusalAsync(app, garbage, replace: true), StringComparison.Ordinal);
        Assert.Contains("29990101000000_Later", await RefusalAsync(app, newer, replace: true), StringComparison.Ordinal);
        Assert.Contains("damaged", await RefusalAsync(app, damaged, replace: true), StringComparison.Ordinal);
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Restoration>().CountAsync()));
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Deliveries.Joined(1)));
        Assert.Empty(Directory.GetFiles(app.Folder, "*.restoring*"));
    }

    [Theory, OnEachEngine]
    internal async Task A_backup_sealed_under_another_key_changes_nothing(StorageEngine engine)
    {
        var backup = Path.Combine(_folder, "sealed");
        await using (var app = await App.StartAsync(engine))
        {
            await BackUpAsync(app, backup);
        }

        var connection = engine is StorageEngine.PostgreSql ? await TestDatabases.PostgresAsync() : "";
        var settings = App.Settings(_folder, engine, connection);
        settings["Security:MasterKeyFile"] = Path.Combine(_folder, "another.key");
        var refused = await ProgramRun.ToEndAsync(_folder, ["restore", backup], settings);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("Security:MasterKeyFile holds another key than the one that the database was sealed with.", refused.Error, StringComparison.Ordinal);

        settings["Security:MasterKeyFile"] = TestKeys.File;
        var restored = await ProgramRun.ToEndAsync(_folder, ["restore", backup], settings);
        Assert.True(restored.ExitCode == 0, restored.Error); // the database is as empty as before
    }

    [Fact]
    public async Task An_SQLite_database_that_is_not_empty_is_replaced_when_asked()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await app.DeliverAsync(Deliveries.Joined(1));
        var backup = Path.Combine(_folder, "first");
        await BackUpAsync(app, backup);
        await app.DeliverAsync(Deliveries.Joined(2));

        await using (var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope())
        {
            Assert.True((await scope.ServiceProvider.GetRequiredService<RestoreBackup>().HandleAsync(backup, replace: true, CancellationToken.None)).Holds);
        }

        await using var next = await app.RestartAsync();
        Assert.Equal([1], (await next.ReadAsync(db => db.Set<InboxMessage>().Select(m => m.Body).ToListAsync())).Select(SentDeliveries.NumberIn));
        Assert.Equal(1, await next.ReadAsync(db => db.Set<Restoration>().CountAsync()));
    }

    [Fact]
    public async Task A_PostgreSQL_database_is_replaced_only_when_asked_and_never_under_a_running_service()
    {
        var backup = Path.Combine(_folder, "first");
        Dictionary<string, string?> settings;
        await using (var app = await App.StartAsync(StorageEngine.PostgreSql))
        {
            await app.WriteAsync(db => db.Record(new LedgerNote(app.School.Id, App.Noon, "service", Tested, "test", new { })));
            await BackUpAsync(app, backup);
            settings = App.Settings(_folder, StorageEngine.PostgreSql, app.Services.GetRequiredService<PostgresConnections>().ConnectionString);
            Assert.Contains("is running on this database", await RefusalAsync(app, backup, replace: true), StringComparison.Ordinal);
        }

        var refused = await ProgramRun.ToEndAsync(_folder, ["restore", backup], settings);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--replace", refused.Error, StringComparison.Ordinal);
        var replaced = await ProgramRun.ToEndAsync(_folder, ["restore", backup, "--replace"], settings);
        Assert.True(replaced.ExitCode == 0, replaced.Error);
        Assert.Contains("alder: sound, 4 entries", replaced.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_the_program_is_told_what_to_run_elsewhere_and_never_the_password()
    {
        Assert.Null(PostgresPrograms.Find("pg_no_such_program"));
        var connections = new PostgresConnections(Microsoft.Extensions.Options.Options.Create(
            new StorageOptions { Engine = StorageEngine.PostgreSql, ConnectionString = "Host=db.example;Database=school;Username=sam;Password=hush" }));

        Assert.Equal(
            "pg_dump is not on this machine. Where it is, run: pg_dump --host=db.example --port=5432 --username=sam --format=custom --file=/b school",
            new PostgresPrograms(connections).Instead("pg_dump", ["--format=custom", "--snapshot=1", "--file=/b"]));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<BackupReport> BackUpAsync(App app, string file, bool force = false)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await scope.ServiceProvider.GetRequiredService<TakeBackup>().HandleAsync(file, force, CancellationToken.None);
    }

    private static async Task<string> RefusalAsync(App app, string file, bool replace)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return (await Assert.ThrowsAsync<StartException>(
            () => scope.ServiceProvider.GetRequiredService<RestoreBackup>().HandleAsync(file, replace, CancellationToken.None))).Message;
    }

    private static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
