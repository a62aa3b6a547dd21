using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.ResilienceTests;

/// <summary>
/// The service dies at each named point between a meeting's delivery and the mail about its repair, one life for each; the next life
/// finds what it left. In the end every meeting was repaired and told of as if nothing had happened.
/// </summary>
public sealed class CrashPointTests
{
    /// <summary>Some turns of the job that checks meetings, each 30 s after the other.</summary>
    private static readonly TimeSpan Patience = Size.Of(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));

    /// <summary>How many meetings a process may be looking at when it dies: what was written down of each, and not asked of Zoom yet, is asked again.</summary>
    private const int LookedAtTogether = 4;

    private const string Asked = "repair.asked";

    /// <summary>
    /// How many mails of one school a process may have on their way when it dies, at whatever point. Dead between the mail server's yes and the
    /// commit that says so, nobody can know: the mail goes again under its own name.
    /// </summary>
    private const int SideBySide = 2;

    /// <summary>
    /// What the ledger tells of a meeting without passcode and waiting room, open before its host, and how often. Looking at it again is
    /// no news.
    /// </summary>
    private static readonly Dictionary<string, int> ToldOfEach = new()
    {
        ["meeting.adopted"] = 1,
        ["session.found"] = 1,
        [Asked] = 3,
        ["repair.held"] = 3,
        ["mail.queued"] = 1,
        ["mail.sent"] = 1,
    };

    [Theory, OnEachEngine]
    internal async Task Dead_at_any_point_it_ends_as_if_it_had_lived(StorageEngine engine)
    {
        var points = Points(engine);
        await using var server = new ScriptedSmtpServer();
        await using var site = await Site.PrepareAsync(engine, settings: new(server.Settings) { ["Jobs:Enabled"] = "true" },
            zoom: new SandboxOptions { RateLimits = false, ValidateWebhookUrl = false, RetryScale = 0.01, DeliveryParallelism = 4 });
        var service = await site.StartAsync();
        site.Zoom.WebhookUrl = new Uri(service.Address, $"/webhooks/zoom/{App.Slug}");
        // These wait for their check when the next life begins.
        var meetings = points.SelectMany(p => (SandboxMeeting[])[Schedule(site.Zoom, $"1 {p.Name} {p.N}"), Schedule(site.Zoom, $"2 {p.Name} {p.N}")]).ToList();
        await site.Zoom.Deliveries.DrainAsync(CancellationToken.None).WaitAsync(Patience);
        await site.Database.AppliedAsync(Patience);
        await service.StopAsync();
        foreach (var (point, n) in points)
        {
            await service.LaunchAsync(ProcessFailpoint.Settings(point, n));
            meetings.Add(Schedule(site.Zoom, $"3 {point} {n}"));
            await service.ExitAsync();
            await site.Database.EndLeasesAsync();
        }

        await service.LaunchAsync();
        await site.Zoom.Deliveries.SettleAsync(CancellationToken.None).WaitAsync(Patience);
        await Eventually.Async(async () => await site.Database.CountAsync(
            "SELECT COUNT(*) FROM outbox_messages WHERE state = 'Sent' AND purpose = 'repair-note'") >= meetings.Count, Patience);
        await site.Database.AppliedAsync(Patience);
        await service.StopAsync();

        Assert.All(meetings, m => Assert.True(m.Settings.WaitingRoom && !m.Settings.JoinBeforeHost && m.Passcode.Length > 0));
        // Under many deaths a meeting stays open for minutes, and its lead may hear of it.
        var told = (await site.Database.ReadAsync("SELECT action FROM ledger_entries WHERE data NOT LIKE '%\"purpose\":\"flag\"%'", row => row.GetString(0)))
            .CountBy(a => a).ToDictionary();
        var anew = told.GetValueOrDefault(Asked) - (ToldOfEach[Asked] * meetings.Count);
        Assert.InRange(anew, 0, ToldOfEach[Asked] * LookedAtTogether * points.Count);
        Assert.Equal(
            ToldOfEach.Select(e => (e.Key, (e.Value * meetings.Count) + (e.Key == Asked ? anew : 0))),
            ToldOfEach.Select(e => (e.Key, told.GetValueOrDefault(e.Key))));
        var (exit, said, error) = await ProgramRun.ToEndAsync(site.Folder, ["ledger", "verify"], App.Settings(site.Folder, engine, site.Connection));
        Assert.True(exit == 0, said + error);
        var doubled = server.Messages.CountBy(m => m.Header("Message-ID")).Sum(m => m.Value - 1);
        Assert.InRange(doubled, 0, points.Count * SideBySide);
        Report.Balanced("dead at a named point (8)", engine, points.Count, await MailsAsync(site, server));
    }

    private static SandboxMeeting Schedule(SandboxServer zoom, string topic)
    {
        // A host each: Zoom takes only so many changes a day for one.
        var host = zoom.AddHost($"{topic.Replace(' ', '.')}@alder.example".ToLowerInvariant(), "Alex", "Teacher");
        zoom.ChangeUserSettings(host.Email, "meeting_security", "auto_security", false);
        return zoom.Schedule(host.Email,
            new ScheduleMeeting(topic, DateTimeOffset.UtcNow.AddDays(2)) { Passcode = "", WaitingRoom = false, JoinBeforeHost = true });
    }

    /// <summary>The mails that were decided on against those that arrived; a mail that arrived twice under one Message-ID is one.</summary>
    private static async Task<Balance> MailsAsync(Site site, ScriptedSmtpServer server)
    {
        var decided = await site.Database.ReadAsync("SELECT message_id FROM outbox_messages", row => row.GetString(0));
        var arrived = server.Messages.Select(m => m.Header("Message-ID")).Distinct().ToList();
        int NumberOf(string messageId) => decided.IndexOf(messageId);
        return Balance.Of([.. decided.Select(NumberOf)], decided.Select(NumberOf), [.. arrived.Select(NumberOf)]);
    }

    /// <summary>Brief: one point, another one on each engine. Full: each at its first, second and third time on both.</summary>
    private static List<(string Name, int N)> Points(StorageEngine engine) => Size.IsFull
        ? [.. Failpoints.OfAMeeting.SelectMany(p => Enumerable.Range(1, 3).Select(n => (p.Name, n)))]
        : engine is StorageEngine.Sqlite ? [("zoom-changed", 1)] : [("inbox-marked", 1)];
}
