using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Backups;
using SessionGuard.Jobs;
using SessionGuard.Ledger;
using SessionGuard.Mail;
using SessionGuard.Outgoing;
using SessionGuard.Presence;
using SessionGuard.Seats;
using SessionGuard.Security;
using SessionGuard.Sessions;
using SessionGuard.Sessions.Checking;
using SessionGuard.Storage;
using SessionGuard.Tests.Families;
using SessionGuard.Tests.Mail;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Web;
using SessionGuard.Tests.Webhooks;
using SessionGuard.Webhooks;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Backups;

public sealed class BackupTests : IDisposable
{
    private const string MayasLink = "https://us06web.zoom.us/w/1?tk=mayas-own";
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<int> _acknowledged = new();
    private readonly TaskCompletionSource _enough = new();
    private int _sent;

    [Theory, OnEachEngine]
    internal async Task What_was_acknowledged_before_a_backup_is_restored_and_nothing_leaves_until_it_is_confirmed(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var joinPath = await FillAsync(school);
        var backup = Path.Combine(_folder, "school.backup");
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 4).Select(_ => SendAsync(school.App, stop.Token)).ToList();
        await _enough.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var before = _acknowledged.ToList();

        var taken = await ProgramRun.ToEndAsync(_folder, ["backup", backup], SettingsOf(school.App, engine));
        await stop.CancelAsync();
        await Task.WhenAll(senders);
        Assert.True(taken.ExitCode == 0, taken.Error);
        var report = JsonDocument.Parse(taken.Output).RootElement;
        Assert.Equal(new FileInfo(backup).Length, report.GetProperty("bytes").GetInt64());
        Assert.True(report.GetProperty("rows").GetInt64() > before.Count);
        Assert.True(report.GetProperty("ledgers")[0].GetProperty("holds").GetBoolean());
        Assert.Contains($"The master key is not in the backup. It is {school.App.Folder}/master.key", taken.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        }

        var settings = await ElsewhereAsync(school, engine);
        var restored = await ProgramRun.ToEndAsync(_folder, ["restore", backup], settings);
        Assert.True(restored.ExitCode == 0, restored.Error);
        Assert.Contains("alder: sound", restored.Output, StringComparison.Ordinal);
        await using var next = await App.StartAsync(engine, settings, clock: school.App.Clock);
        var there = (await next.ReadAsync(db => db.Set<InboxMessage>().Select(m => m.Body).ToListAsync())).Select(NumberIn).ToHashSet();
        Assert.Empty(before.Except(there));
        Assert.True((await next.ReadAsync(db => new LedgerVerifier(db).VerifyAsync(next.School.Id, CancellationToken.None))).Holds);
        Assert.Single(await next.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Action == "database.restored").ToListAsync()));
        await HeldAsync(next, school.Zoom, joinPath);
        await ConfirmedAsync(next, school.Zoom);
    }

    [Fact]
    public async Task A_running_instance_that_is_held_says_so_to_staff_and_machines_and_lets_its_jobs_rest()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        await app.WriteAsync(db =>
        {
            db.Add(new Restoration { Id = Guid.CreateVersion7(App.Noon), RestoredAt = App.Noon });
            db.Set<Meeting>().First().CheckDueAt = App.Noon;
        });
        app.Clock.Advance(OutgoingGate.KeptFor);
        using var lead = await app.SignedInAsync(school.Lead);
        using var stranger = app.Stranger();

        Assert.Contains(OutgoingGate.HeldSentence, await lead.GetStringAsync("/sessions"), StringComparison.Ordinal);
        Assert.DoesNotContain("held", await stranger.GetStringAsync("/help-now"), StringComparison.Ordinal);
        Assert.Equal($$"""{"status":"ready","reasons":["{{OutgoingGate.HeldSentence}}"]}""", await stranger.GetStringAsync("/health/ready"));
        var pass = await app.Services.GetRequiredService<JobRunner>().RunAsync<CheckUpcomingMeetingsJob>(CancellationToken.None);
        Assert.Null(pass.Failure);
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Meeting>().CountAsync(m => m.LeasedUntil != null || m.FailedChecks > 0)));
    }

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
        await app.WriteAsync(db => db.Record(new LedgerNote(app.School.Id, App.Noon, "service", "test", "test", new { })));
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
        Assert.Equal([1], (await next.ReadAsync(db => db.Set<InboxMessage>().Select(m => m.Body).ToListAsync())).Select(NumberIn));
        Assert.Equal(1, await next.ReadAsync(db => db.Set<Restoration>().CountAsync()));
    }

    [Fact]
    public async Task A_PostgreSQL_database_is_replaced_only_when_asked_and_never_under_a_running_service()
    {
        var backup = Path.Combine(_folder, "first");
        Dictionary<string, string?> settings;
        await using (var app = await App.StartAsync(StorageEngine.PostgreSql))
        {
            await app.WriteAsync(db => db.Record(new LedgerNote(app.School.Id, App.Noon, "service", "test", "test", new { })));
            await BackUpAsync(app, backup);
            settings = App.Settings(_folder, StorageEngine.PostgreSql, app.Services.GetRequiredService<PostgresConnections>().ConnectionString);
            Assert.Contains("is running on this database", await RefusalAsync(app, backup, replace: true), StringComparison.Ordinal);
        }

        var refused = await ProgramRun.ToEndAsync(_folder, ["restore", backup], settings);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--replace", refused.Error, StringComparison.Ordinal);
        var replaced = await ProgramRun.ToEndAsync(_folder, ["restore", backup, "--replace"], settings);
        Assert.True(replaced.ExitCode == 0, replaced.Error);
        Assert.Contains("alder: sound, 1 entries", replaced.Output, StringComparison.Ordinal);
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

    /// <summary>A meeting that Zoom is to be asked about, a mail that waits, and a family that is on its way.</summary>
    private static async Task<string> FillAsync(SchoolOnZoom school)
    {
        school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap", App.Noon.AddHours(5)) { Passcode = "tap-4Kz_9q" });
        await school.CarryAsync();
        var families = new FamilySchool(school.App.Services);
        var (tap, jo) = (await families.ClassAsync("Tap", App.Noon), await families.CarerAsync("Jo Smith", "jo@family.example"));
        var maya = await families.ChildAsync("Maya Smith", [jo], tap);
        var link = school.App.Services.GetRequiredService<SecretBox>().Seal(MayasLink);
        await families.ChangeAsync<Seat>((await families.SeatOfAsync(maya, tap)).Id, s => (s.State, s.SealedLink, s.MeetingId) = (SeatState.Linked, link, tap.MeetingId));
        await school.App.QueueAsync(Letters.To(school.App, "jo@family.example"));
        return await families.JoinPathAsync(jo, tap);
    }

    /// <summary>Another machine's settings: the same key, an empty database.</summary>
    private async Task<Dictionary<string, string?>> ElsewhereAsync(SchoolOnZoom school, StorageEngine engine)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        File.Copy(Path.Combine(school.App.Folder, "master.key"), Path.Combine(folder, "master.key"));
        var settings = App.Settings(folder, engine, engine is StorageEngine.Sqlite ? "" : await TestDatabases.EmptyPostgresAsync());
        settings["Zoom:ApiBaseUrl"] = $"{school.Zoom.Address}v2/";
        settings["Zoom:TokenUrl"] = $"{school.Zoom.Address}oauth/token";
        return settings;
    }

    private async Task HeldAsync(App next, SandboxServer zoom, string joinPath)
    {
        var calls = zoom.Calls.Count;
        await RunOutgoingAsync(next);
        Assert.Equal(calls, zoom.Calls.Count);
        Assert.Equal(0, Mails());
        Assert.Equal(HttpStatusCode.OK, await next.DeliverAsync(Deliveries.Joined(1_000_000)));
        await next.RunAsync<ProcessInboxJob>();
        Assert.Equal(0, await next.ReadAsync(db => db.Set<InboxMessage>().CountAsync(m => m.State == InboxState.Pending)));
        using var browser = next.Stranger();
        var maya = await next.ReadAsync(db => db.Set<Seat>().Where(s => s.State == SeatState.Linked).Select(s => s.PersonId).SingleAsync());
        using var answer = await (await Form.OpenAsync(browser, joinPath)).SendAsync(("with", maya.ToString()!));
        Assert.Equal(MayasLink, answer.Headers.Location?.AbsoluteUri);
    }

    private async Task ConfirmedAsync(App next, SandboxServer zoom)
    {
        var calls = zoom.Calls.Count;
        await using (var scope = next.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope())
        {
            Assert.True(await scope.ServiceProvider.GetRequiredService<ConfirmRestoration>().HandleAsync(CancellationToken.None) > 0);
        }

        next.Clock.Advance(OutgoingGate.KeptFor);
        await RunOutgoingAsync(next);
        Assert.True(zoom.Calls.Count > calls);
        Assert.True(Mails() > 0);
    }

    private int Mails() => Directory.GetFiles(_folder, "*.eml", SearchOption.AllDirectories).Length;

    private static async Task RunOutgoingAsync(App app)
    {
        await app.RunAsync<SendMailJob>();
        await app.RunAsync<CheckUpcomingMeetingsJob>();
        await app.RunAsync<FindMeetingsJob>();
        await app.RunAsync<ProvideSeatsJob>();
        await app.RunAsync<BackfillJob>();
    }

    private async Task SendAsync(App app, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent);
            if (await app.DeliverAsync(Deliveries.Joined(number)) is HttpStatusCode.OK)
            {
                _acknowledged.Enqueue(number);
            }

            if (_acknowledged.Count > 200)
            {
                _enough.TrySetResult();
            }
        }
    }

    private static int NumberIn(byte[] body)
    {
        var payload = JsonDocument.Parse(body).RootElement.GetProperty("payload").GetProperty("object");
        return payload.TryGetProperty("participant", out var participant) && int.TryParse(participant.GetProperty("user_id").GetString(), out var number) ? number : 0;
    }

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

    private static Dictionary<string, string?> SettingsOf(App app, StorageEngine engine) =>
        App.Settings(app.Folder, engine, engine is StorageEngine.Sqlite ? "" : app.Services.GetRequiredService<PostgresConnections>().ConnectionString);
}
