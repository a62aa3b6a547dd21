using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Backups;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.School.People;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Inbox;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Platform.Backups;

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
        var senders = Enumerable.Range(0, 2).Select(_ => SendAsync(school.App, stop.Token)).ToList();
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
        Assert.Contains($"The master key is not in the backup. It is {TestKeys.File}", taken.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        }

        var settings = await ElsewhereAsync(school, engine);
        var restored = await ProgramRun.ToEndAsync(_folder, ["restore", backup], settings);
        Assert.True(restored.ExitCode == 0, restored.Error);
        Assert.Contains("alder: sound", restored.Output, StringComparison.Ordinal);
        await using var next = await App.StartAsync(engine, settings, clock: school.App.Clock);
        var there = (await next.ReadAsync(db => db.Set<InboxMessage>().Select(m => m.Body).ToListAsync())).Select(SentDeliveries.NumberIn).ToHashSet();
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
        app.Clock.Advance(RestoreHoldGate.KeptFor);
        using var lead = await app.SignedInAsync(school.Lead);
        using var stranger = app.Stranger();

        Assert.Contains(RestoreHoldGate.HeldSentence, await lead.GetStringAsync("/sessions"), StringComparison.Ordinal);
        Assert.DoesNotContain("held", await stranger.GetStringAsync("/help-now"), StringComparison.Ordinal);
        Assert.Equal($$"""{"status":"ready","reasons":["{{RestoreHoldGate.HeldSentence}}"]}""", await stranger.GetStringAsync("/health/ready"));
        var pass = await app.Services.GetRequiredService<JobRunner>().RunAsync<CheckUpcomingMeetingsJob>(CancellationToken.None);
        Assert.Null(pass.Failure);
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Meeting>().CountAsync(m => m.LeasedUntil != null || m.FailedChecks > 0)));
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
        await families.LinkAsync(tap, maya, MayasLink);
        await school.App.QueueAsync(Letters.To(school.App, "jo@family.example"));
        return await families.JoinPathAsync(jo, tap);
    }

    /// <summary>Another machine's settings: the same key, an empty database.</summary>
    private async Task<Dictionary<string, string?>> ElsewhereAsync(SchoolOnZoom school, StorageEngine engine)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
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

        next.Clock.Advance(RestoreHoldGate.KeptFor);
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

            if (_acknowledged.Count > 100)
            {
                _enough.TrySetResult();
            }
        }
    }

    private static Dictionary<string, string?> SettingsOf(App app, StorageEngine engine) =>
        App.Settings(app.Folder, engine, engine is StorageEngine.Sqlite ? "" : app.Services.GetRequiredService<PostgresConnections>().ConnectionString);
}
