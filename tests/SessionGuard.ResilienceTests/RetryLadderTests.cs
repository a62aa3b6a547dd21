using System.Security.Cryptography;
using System.Text;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.ResilienceTests;

/// <summary>
/// The service is away while Zoom tries again, 5, 20 and 60 minutes apart. Zoom's clock is in the test's hand; the service has its own.
/// </summary>
public sealed class RetryLadderTests
{
    private static readonly TimeSpan Ladder = TimeSpan.FromMinutes(5 + 20 + 60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

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

    private static Task TriedAsync(Site site) => site.Zoom.Deliveries.DrainAsync(CancellationToken.None).WaitAsync(Patience);

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
