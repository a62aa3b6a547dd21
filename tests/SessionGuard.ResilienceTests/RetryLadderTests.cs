using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.ResilienceTests;

/// <summary>
/// The service is away while Zoom tries again, 5, 20 and 60 minutes apart. Zoom's clock is in the test's hand; the service has its own.
/// </summary>
public sealed class RetryLadderTests
{
    private static readonly TimeSpan Ladder = TimeSpan.FromMinutes(5 + 20 + 60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Reconciled = TimeSpan.FromMinutes(15);

    /// <summary>Zoom does not say whether a retry is signed anew or carries the first try's timestamp: both must do.</summary>
    [Theory, OnEachEngine]
    internal async Task Outage_that_ends_before_Zooms_last_try_loses_nothing_whether_or_not_retries_are_signed_anew(StorageEngine engine)
    {
        // At the last try it is as late for Zoom as for the service.
        var clock = new TestClock(DateTimeOffset.UtcNow - Ladder);
        await using var site = await Site.PrepareAsync(
            engine, zoom: new SandboxOptions { Clock = clock, RateLimits = false, ValidateWebhookUrl = false, DeliveryParallelism = 4 });
        var service = await site.StartAsync();
        site.Zoom.WebhookUrl = new Uri(service.Address, $"/webhooks/zoom/{App.Slug}");
        site.Zoom.Deliveries.SameTimestampOnRetry = engine is StorageEngine.PostgreSql;
        site.Zoom.AddHost(SchoolOnZoom.Teacher, "Alex", "Teacher");
        await service.KillAsync();

        var meeting = site.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Tap", clock.GetUtcNow()));
        site.Zoom.Start(meeting.Id);
        for (var n = 0; n < Size.Of(50, 2000); n++)
        {
            site.Zoom.Join(meeting.Id, JoinMeeting.Guest($"Guest {n}"));
        }

        await TriedAsync(site);
        foreach (var minutes in (int[])[5, 20])
        {
            clock.Advance(TimeSpan.FromMinutes(minutes));
            await TriedAsync(site);
        }

        await service.LaunchAsync();
        clock.Advance(TimeSpan.FromMinutes(60));
        await TriedAsync(site);
        Assert.Equal([1, 2, 3, 4], site.Zoom.Deliveries.Log.Select(a => a.Number).Distinct().Order());
        await AssertStoredAsync(site);
    }

    /// <summary>
    /// One class lay all in the outage, one was cut through by its beginning, and one was scheduled in it. Of the first two Zoom's own report
    /// tells what was lost, and the lead can read that it does; the third is found before it begins.
    /// </summary>
    [Theory, OnEachEngine]
    internal async Task Outage_of_two_hours_is_filled_in_from_Zoom_and_the_lead_reads_of_it(StorageEngine engine)
    {
        var guests = Size.Of(5, 100);
        var clock = new TestClock(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddHours(-4));
        await using var site = await Site.PrepareAsync(
            // The service's own clock cannot be set back with Zoom's: it takes yesterday's timestamps instead.
            engine, settings: new() { ["PublicUrl"] = "http://localhost:5080", ["Zoom:SignatureTolerance"] = "1.00:00:00" },
            zoom: new SandboxOptions { Clock = clock, RateLimits = false, ValidateWebhookUrl = false, DeliveryParallelism = 4 });
        var service = await site.StartAsync();
        site.Zoom.WebhookUrl = new Uri(service.Address, $"/webhooks/zoom/{App.Slug}");
        site.Zoom.AddHost(SchoolOnZoom.Teacher, "Alex", "Teacher");
        var lost = site.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Lost", clock.GetUtcNow().AddMinutes(100)));
        var cut = site.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Cut", clock.GetUtcNow().AddMinutes(30)));
        await HeardAsync(site, clock, minutes: 30);
        var stayed = Come(site, cut, guests);
        await HeardAsync(site, clock, minutes: 25);
        await service.KillAsync();

        clock.Advance(TimeSpan.FromMinutes(35));
        stayed.ForEach(guest => site.Zoom.Leave(guest));
        site.Zoom.End(cut.Id);
        clock.Advance(TimeSpan.FromMinutes(10));
        Come(site, lost, guests).ForEach(guest => site.Zoom.Leave(guest));
        site.Zoom.End(lost.Id);
        var ahead = site.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Ahead", DateTimeOffset.UtcNow.AddDays(1)));
        await TriedAsync(site);
        foreach (var minutes in (int[])[5, 20, 60, 55])
        {
            clock.Advance(TimeSpan.FromMinutes(minutes));
            await TriedAsync(site);
        }

        await service.LaunchAsync(new Dictionary<string, string?> { ["Jobs:Enabled"] = "true" });
        var back = Stopwatch.StartNew();
        var asking = site.CallerAsync(service, "Lead");
        await Eventually.Async(async () => await site.Database.CountAsync("SELECT COUNT(*) FROM sessions WHERE status = 'Ended'") == 2
            && await site.Database.CountAsync("SELECT COUNT(*) FROM rule_records WHERE rule = 'evidence-gap' AND result = 'Met'") == 2
            && await site.Database.CountAsync($"SELECT COUNT(*) FROM meetings WHERE zoom_meeting_id = {ahead.Id}") == 1, Reconciled);
        back.Stop();

        var known = Enumerable.Range(0, 2 * 2 * (guests + 1)).ToList(); // who came and who went, of both classes, the teacher too
        var there = (int)await site.Database.CountAsync("SELECT COUNT(*) FROM participant_events WHERE kind IN ('Joined', 'Left', 'Admitted')");
        Report.Balanced("away for two hours (13): who came and went", engine, 1, Balance.Of(known, known, [.. Enumerable.Range(0, there)]), back.Elapsed);
        using var lead = await asking;
        Assert.Equal(("ended", "met", "likely"), await GapAsync(lead, lost.Id));
        Assert.Equal(("ended", "met", "certain"), await GapAsync(lead, cut.Id));
    }

    /// <summary>The teacher and some guests come to a class that lets them straight in.</summary>
    private static List<SandboxParticipant> Come(Site site, SandboxMeeting meeting, int guests) =>
    [
        site.Zoom.Join(meeting.Id, JoinMeeting.User(meeting.Host)),
        .. Enumerable.Range(0, guests).Select(n => site.Zoom.Join(meeting.Id, JoinMeeting.Guest($"Guest {n}") with { ViaWaitingRoom = false })),
    ];

    /// <summary>What a lead is told of a class, and of how whole its evidence is.</summary>
    private static async Task<(string Status, string Result, string Certainty)> GapAsync(HttpClient lead, long zoomMeetingId)
    {
        var session = JsonDocument.Parse(await lead.GetStringAsync(new Uri("/api/v1/sessions", UriKind.Relative))).RootElement.GetProperty("items")
            .EnumerateArray().Single(s => s.GetProperty("zoom").GetProperty("meetingId").GetInt64() == zoomMeetingId);
        var gap = session.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("rule").GetString() == "evidence-gap");
        return (session.GetProperty("status").GetString()!, gap.GetProperty("result").GetString()!, gap.GetProperty("certainty").GetString()!);
    }

    private static Task TriedAsync(Site site) => site.Zoom.Deliveries.DrainAsync(CancellationToken.None).WaitAsync(Patience);

    /// <summary>On a busy machine a try may come to nothing: time passes until Zoom has tried all of them again that it has to.</summary>
    private static async Task HeardAsync(Site site, TestClock clock, int minutes)
    {
        for (var passed = 0; passed < minutes; passed += 5)
        {
            await TriedAsync(site);
            clock.Advance(TimeSpan.FromMinutes(5));
        }

        await TriedAsync(site);
        Assert.Equal(site.Zoom.Deliveries.Raised.Count, await site.Database.CountAsync("SELECT COUNT(*) FROM inbox_messages"));
    }

    private static async Task AssertStoredAsync(Site site)
    {
        static string HashOf(string body) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var sent = site.Zoom.Deliveries.Raised.Select(r => HashOf(r.Body)).ToList();
        int NumberOf(string hash) => sent.IndexOf(hash);
        var acknowledged = site.Zoom.Deliveries.Log.Where(a => a.Outcome is DeliveryOutcome.Delivered).Select(a => NumberOf(HashOf(a.Body))).ToList();
        var keys = await site.Database.ReadAsync("SELECT delivery_key FROM inbox_messages", row => Convert.ToHexString((byte[])row[0])[16..]);
        Report.Balanced("away while Zoom tries again (13)", site.Engine, 1,
            Balance.Of(acknowledged, sent.Select(NumberOf), [.. keys.Select(NumberOf)]));
        Assert.Equal(sent.Count, acknowledged.Count);
    }
}
