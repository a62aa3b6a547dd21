using System.Globalization;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>Counts calls as Zoom does: by second and day for the account, by day for a host's meetings and for a registrant.</summary>
internal sealed class RateLimits(SandboxOptions options)
{
    public const string DailyMessage =
        "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.";

    private const int MeetingWritesADay = 100;
    private const int AddsOfOneRegistrantADay = 3;
    private const int StatusChangesOfOneRegistrantADay = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _thisSecond = [];
    private readonly Dictionary<string, int> _today = [];
    private long _second;
    private DateOnly _day;

    public void Count(RateLabel label)
    {
        if (!options.RateLimits)
        {
            return;
        }

        var (perSecond, perDay) = Allowance(label);
        lock (_gate)
        {
            TurnPages();
            // A call that the second's limit turns away does not count for the day.
            Take(_thisSecond, label.ToString(), perSecond, () => PerSecond(label, perSecond));
            Take(_today, label.ToString(), perDay, () => Daily(label, perDay));
        }
    }

    /// <summary>Creates and updates share one allowance for each host.</summary>
    public void CountMeetingWrite(SandboxHost host) => CountDaily($"write:{host.Id}", MeetingWritesADay, RateLabel.Light);

    public void CountRegistration(SandboxMeeting meeting, string email) =>
        CountDaily($"register:{meeting.Id}:{email.ToUpperInvariant()}", AddsOfOneRegistrantADay, RateLabel.Light);

    public void CountStatusChange(SandboxRegistrant registrant) =>
        CountDaily($"status:{registrant.Id}", StatusChangesOfOneRegistrantADay, RateLabel.Medium);

    private void CountDaily(string key, int limit, RateLabel label)
    {
        lock (_gate)
        {
            TurnPages();
            Take(_today, key, limit, () => Daily(label, limit));
        }
    }

    private (int PerSecond, int PerDay) Allowance(RateLabel label) => (options.Plan, label) switch
    {
        (SandboxPlan.Free, RateLabel.Light) => (4, 6_000),
        (SandboxPlan.Free, RateLabel.Medium) => (2, 2_000),
        (SandboxPlan.Free, _) => (1, 1_000),
        (SandboxPlan.Pro, RateLabel.Light) => (30, int.MaxValue),
        (SandboxPlan.Pro, RateLabel.Medium) => (20, int.MaxValue),
        (SandboxPlan.Pro, _) => (10, 30_000),
        (_, RateLabel.Light) => (80, int.MaxValue),
        (_, RateLabel.Medium) => (60, int.MaxValue),
        (_, _) => (40, 60_000),
    };

    private void TurnPages()
    {
        var now = options.Clock.GetUtcNow();
        if (now.ToUnixTimeSeconds() is var second && second != _second)
        {
            _second = second;
            _thisSecond.Clear();
        }

        if (DateOnly.FromDateTime(now.UtcDateTime) is var day && day != _day)
        {
            _day = day;
            _today.Clear();
        }
    }

    private static void Take(Dictionary<string, int> counts, string key, int limit, Func<ZoomRefusal> refusal)
    {
        var count = counts.GetValueOrDefault(key);
        if (count >= limit)
        {
            throw refusal();
        }

        counts[key] = count + 1;
    }

    private ZoomRefusal PerSecond(RateLabel label, int limit) =>
        Refusal("You have reached the maximum per-second rate limit for this API. Try again later.", Headers(label, "QPS", limit));

    private ZoomRefusal Daily(RateLabel label, int limit)
    {
        var headers = Headers(label, "Daily-limit", limit);
        // A date and time, not seconds: Zoom's own reading of the header. Days turn at midnight UTC.
        headers["Retry-After"] = ZoomJson.Instant(new DateTimeOffset(_day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        return Refusal(DailyMessage, headers);
    }

    private ZoomRefusal Refusal(string message, Dictionary<string, string> headers) =>
        new(429, 429, message) { Headers = options.RateLimitHeaders ? headers : new Dictionary<string, string>() };

    private static Dictionary<string, string> Headers(RateLabel label, string type, int limit) => new()
    {
        ["X-RateLimit-Category"] = label.ToString(),
        ["X-RateLimit-Type"] = type,
        ["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture),
        ["X-RateLimit-Remaining"] = "0",
    };
}
