using System.Net;
using System.Text.Json;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.School.People;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.ResilienceTests;

/// <summary>Zoom refuses everybody at once: the token that all calls share is gone, or it wants to be left alone for thirty years.</summary>
public sealed class ZoomRefusesTests
{
    private const int Families = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Fifty_families_who_join_at_once_with_a_token_that_was_taken_back_cost_one_new_token()
    {
        // A call that waits for forty-nine others on a busy machine is not given up.
        await using var site = await Site.PrepareAsync(StorageEngine.Sqlite, settings: new()
        {
            ["PublicUrl"] = "http://localhost:5080",
            ["Zoom:AttemptTimeout"] = "00:00:30",
            ["Zoom:TotalTimeout"] = "00:01:00",
        });
        var host = site.Zoom.AddHost(SchoolOnZoom.Teacher, "Alex", "Teacher");
        var meeting = site.Zoom.Schedule(host.Email, new ScheduleMeeting("Tap", DateTimeOffset.UtcNow.AddMinutes(5)));
        var paths = await EnrolAsync(site, meeting);
        var node = await site.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = Families })
        {
            BaseAddress = node.Address,
            Timeout = TimeSpan.FromMinutes(1),
        };
        var form = FormToken.In(await http.GetStringAsync(paths[0]));
        Assert.True(await IsLedOnAsync(http, paths[0], form));
        Assert.Equal(1, Tokens(site));

        site.Zoom.RevokeTokens();
        site.Zoom.Faults.Next(Families, Fault.Together(Families), "GET", PathOf(meeting));
        var ledOn = await Task.WhenAll(paths.Select(path => IsLedOnAsync(http, path, form)));

        Assert.Equal(2, Tokens(site));
        Assert.Equal(Families, site.Zoom.Calls.Count(c => c.Path == PathOf(meeting) && c.Status == (int)HttpStatusCode.Unauthorized));
        Assert.Equal(0, await node.StopAsync());
        var numbers = Enumerable.Range(0, Families).ToList();
        Report.Balanced("fifty 401s at once (22): families led on", site.Engine, 1, Balance.Of(numbers, numbers, numbers.FindAll(n => ledOn[n])));
    }

    /// <summary>Nothing that Zoom limits lasts longer than a day: that long it is left alone, and whatever is not checked is called so.</summary>
    [Fact]
    public async Task A_pause_of_thirty_years_is_kept_for_a_day_by_every_call_and_its_meetings_are_shown_as_not_checked()
    {
        await using var site = await Site.PrepareAsync(
            StorageEngine.Sqlite, settings: new() { ["Jobs:Enabled"] = "true", ["PublicUrl"] = "http://localhost:5080" },
            zoom: new SandboxOptions { RateLimits = false, ValidateWebhookUrl = false, RetryScale = 0.01 });
        var node = await site.StartAsync();
        site.Zoom.WebhookUrl = new Uri(node.Address, $"/webhooks/zoom/{App.Slug}");
        var host = site.Zoom.AddHost(SchoolOnZoom.Teacher, "Alex", "Teacher");
        site.Zoom.Faults.Next(1, Fault.TooManyRequests(1_000_000_000), "GET", "/v2/meetings");
        var first = Schedule(site, host);
        await Eventually.Async(async () => await FailedAsync(site, first) > 0, Patience);
        var refused = site.Zoom.Calls.First(c => c.Status == (int)HttpStatusCode.TooManyRequests);
        Assert.InRange(await DueAsync(site, first) - refused.At, TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1), TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        // Whatever comes meanwhile, and whoever asks again too early, waits as well.
        var second = Schedule(site, host);
        await Eventually.Async(async () => await site.Database.CountAsync($"SELECT COUNT(*) FROM meetings WHERE zoom_meeting_id = {second.Id}") == 1, Patience);
        await site.Database.EndPausesAsync();
        await Eventually.Async(async () => await FailedAsync(site, first) > 1 && await FailedAsync(site, second) > 0, Patience);
        Assert.DoesNotContain(site.Zoom.Calls, c => c.At > refused.At && c.Path.StartsWith("/v2/", StringComparison.Ordinal));
        Assert.Equal(["could-not-check", "could-not-check"], await WaitingRoomsAsync(site, node));
        Assert.Equal(0, await node.StopAsync());
    }

    /// <summary>Fifty children of as many families in one class, which is in Zoom.</summary>
    private static async Task<List<string>> EnrolAsync(Site site, SandboxMeeting meeting)
    {
        var paths = new List<string>();
        await using (var office = await App.StartAsync(StorageEngine.Sqlite, site.Office, clock: new TestClock(DateTimeOffset.UtcNow)))
        {
            var school = new FamilySchool(office.Services);
            var tap = await school.ClassAsync("Tap", DateTimeOffset.UtcNow.AddMinutes(5));
            for (var n = 0; n < Families; n++)
            {
                var carer = await school.CarerAsync($"Carer {n}", $"carer-{n}@family.example");
                await school.ChildAsync($"Child {n}", [carer], tap);
                paths.Add(await school.JoinPathAsync(carer, tap));
            }
        }

        await site.Database.ReadAsync($"UPDATE meetings SET zoom_meeting_id = {meeting.Id} RETURNING 1", _ => 0);
        return paths;
    }

    private static async Task<bool> IsLedOnAsync(HttpClient http, string path, string form)
    {
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([new(FormToken.Field, form)]));
        return answer.Headers.Location?.Host.EndsWith("zoom.us", StringComparison.Ordinal) is true;
    }

    private static int Tokens(Site site) => site.Zoom.Calls.Count(c => c.Path == "/oauth/token");

    private static string PathOf(SandboxMeeting meeting) => $"/v2/meetings/{meeting.Id}";

    private static SandboxMeeting Schedule(Site site, SandboxHost host) => site.Zoom.Schedule(host.Email, new ScheduleMeeting("Tap", DateTimeOffset.UtcNow.AddDays(2)));

    private static Task<long> FailedAsync(Site site, SandboxMeeting meeting) =>
        site.Database.CountAsync($"SELECT COALESCE(SUM(failed_checks), 0) FROM meetings WHERE zoom_meeting_id = {meeting.Id}");

    private static async Task<DateTimeOffset> DueAsync(Site site, SandboxMeeting meeting) => DateTimeOffset.FromUnixTimeMilliseconds(
        await site.Database.CountAsync($"SELECT check_due_at FROM meetings WHERE zoom_meeting_id = {meeting.Id}"));

    /// <summary>What staff are told of each session's waiting room.</summary>
    private static async Task<List<string?>> WaitingRoomsAsync(Site site, SessionGuard.Tests.Zoom.Webhooks.ServiceProcess node)
    {
        using var lead = await site.CallerAsync(node, "Lead");
        var sessions = JsonDocument.Parse(await lead.GetStringAsync(new Uri("/api/v1/sessions", UriKind.Relative))).RootElement.GetProperty("items");
        return [.. sessions.EnumerateArray().Select(s => s.GetProperty("rules").EnumerateArray()
            .Single(r => r.GetProperty("rule").GetString() == "waiting-room-on").GetProperty("result").GetString())];
    }
}
