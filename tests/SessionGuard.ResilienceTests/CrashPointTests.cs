using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Storage;
using SessionGuard.Tests.Mail;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.ResilienceTests;

/// <summary>
/// The service dies at each named point between a meeting's delivery and the mail about its repair, one life for each; the next life
/// finds what it left. In the end every meeting was repaired and told of as if nothing had happened.
/// </summary>
public sealed class CrashPointTests
{
    /// <summary>In full size the leases of the dead have to run out.</summary>
    private static readonly TimeSpan Patience = Size.Of(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    [Theory, OnEachEngine]
    internal async Task Dead_at_any_point_it_ends_as_if_it_had_lived(StorageEngine engine)
    {
        var points = Points(engine);
        await using var server = new ScriptedSmtpServer();
        await using var site = await Site.PrepareAsync(engine, settings: new(server.Settings) { ["Jobs:Enabled"] = "true" },
            zoom: new SandboxOptions { RateLimits = false, ValidateWebhookUrl = false, RetryScale = 0.01 });
        site.Zoom.AddHost(SchoolOnZoom.Teacher, "Alex", "Teacher");
        site.Zoom.ChangeUserSettings(SchoolOnZoom.Teacher, "meeting_security", "auto_security", false);
        var service = await site.StartAsync();
        site.Zoom.WebhookUrl = new Uri(service.Address, $"/webhooks/zoom/{App.Slug}");

        var meetings = new List<SandboxMeeting> { Schedule(site.Zoom, "undisturbed") };
        await DoneAsync(site, meetings);
        var undisturbed = await LedgerAsync(site);
        await service.StopAsync();
        foreach (var (point, n) in points)
        {
            await service.LaunchAsync(ProcessFailpoint.Settings(point, n));
            meetings.Add(Schedule(site.Zoom, $"{point} {n}"));
            await service.ExitAsync();
            await site.AfterTheLeasesAsync();
        }

        await service.LaunchAsync();
        await site.Zoom.Deliveries.SettleAsync(CancellationToken.None).WaitAsync(Patience);
        await DoneAsync(site, meetings);
        await service.StopAsync();

        Assert.Equal(undisturbed.Select(e => (e.Key, e.Value * meetings.Count)), (await LedgerAsync(site)).Select(e => (e.Key, e.Value)));
        var (exit, said, error) = await ProgramRun.ToEndAsync(site.Folder, ["ledger", "verify"], App.Settings(site.Folder, engine, site.Connection));
        Assert.True(exit == 0, said + error);
        var doubled = server.Messages.CountBy(m => m.Header("Message-ID")).Count(m => m.Value > 1);
        Assert.InRange(doubled, 0, points.Count(p => Failpoints.DoublesMail(p.Name)));
        Report.Balanced("dead at a named point (8)", engine, points.Count, await MailsAsync(site, server));
    }

    private static SandboxMeeting Schedule(SandboxServer zoom, string topic) => zoom.Schedule(SchoolOnZoom.Teacher,
        new ScheduleMeeting(topic, DateTimeOffset.UtcNow.AddDays(2)) { Passcode = "", WaitingRoom = false, JoinBeforeHost = true });

    /// <summary>Every meeting is repaired in Zoom, and its mail has left.</summary>
    private static async Task DoneAsync(Site site, List<SandboxMeeting> meetings)
    {
        await Eventually.Async(() => meetings.TrueForAll(m => m.Settings.WaitingRoom), Patience);
        await Eventually.Async(async () => await site.Database.CountAsync(
            "SELECT COUNT(*) FROM outbox_messages WHERE state = 'Sent' AND purpose = 'repair-note'") >= meetings.Count, Patience);
        await site.Database.AppliedAsync(Patience);
    }

    /// <summary>How often the ledger tells of each thing that happens to a meeting once. Looking at its settings happens again after a crash.</summary>
    private static async Task<SortedDictionary<string, int>> LedgerAsync(Site site) => new(
        (await site.Database.ReadAsync("SELECT action FROM ledger_entries", row => row.GetString(0)))
        .Where(action => action != "settings.seen").CountBy(action => action).ToDictionary());

    /// <summary>The mails that were decided on against those that arrived; a mail that arrived twice under one Message-ID is one.</summary>
    private static async Task<Balance> MailsAsync(Site site, ScriptedSmtpServer server)
    {
        var decided = await site.Database.ReadAsync("SELECT message_id FROM outbox_messages", row => row.GetString(0));
        var arrived = server.Messages.Select(m => m.Header("Message-ID")).Distinct().ToList();
        int NumberOf(string messageId) => decided.IndexOf(messageId);
        return Balance.Of([.. decided.Select(NumberOf)], decided.Select(NumberOf), [.. arrived.Select(NumberOf)]);
    }

    /// <summary>Brief: each point once, on one engine or the other. Full: each at its first, second and third time on both.</summary>
    private static List<(string Name, int N)> Points(StorageEngine engine) => Size.IsFull
        ? [.. Failpoints.All.SelectMany(p => Enumerable.Range(1, 3).Select(n => (p.Name, n)))]
        : [.. Failpoints.All.Where((_, i) => i % 2 == (engine is StorageEngine.Sqlite ? 0 : 1)).Select(p => (p.Name, 1))];
}
