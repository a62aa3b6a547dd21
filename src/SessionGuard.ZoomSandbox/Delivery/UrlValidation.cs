using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>Zoom's challenge: at the start of a subscription and every 72 hours; six failures in a row switch the subscription off.</summary>
internal sealed class UrlValidation(SandboxOptions options, WebhookCaller caller) : IDisposable
{
    private const int FailuresThatDisable = 6;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(72);

    private readonly Lock _gate = new();
    private readonly List<string> _notices = [];
    private readonly CancellationTokenSource _stopping = new();
    private ITimer? _timer;
    private int _failures;

    /// <summary>False once Zoom has given up; only a person can switch it on again.</summary>
    public bool SubscriptionEnabled => Volatile.Read(ref _failures) < FailuresThatDisable;

    /// <summary>What Zoom mails to the account's owner after 2, 4 and 6 failures.</summary>
    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (_gate)
            {
                return [.. _notices];
            }
        }
    }

    public void Repeat(Action challenge)
    {
        _timer?.Dispose();
        _timer = options.Clock.CreateTimer(_ => challenge(), null, Interval, Interval);
    }

    public void Enable() => Volatile.Write(ref _failures, 0);

    /// <summary>True when the receiver answered as Zoom wants: status 200 and the token with its HMAC.</summary>
    public async Task<bool> ChallengeAsync(Uri url)
    {
        var token = ZoomIds.Token(16);
        var body = new JsonObject
        {
            ["payload"] = new JsonObject { ["plainToken"] = token },
            ["event_ts"] = options.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ["event"] = "endpoint.url_validation",
        };
        var reply = await caller.CallAsync(url, body.ToJsonString(), timestamp: null, _stopping.Token);
        var passed = reply.Status == 200 && Answers(reply.Body, token);
        Count(passed);
        return passed;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private bool Answers(string body, string token)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject answer
                && (string?)answer["plainToken"] == token
                && (string?)answer["encryptedToken"] == ZoomSignature.EncryptToken(options.WebhookSecret, token);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private void Count(bool passed)
    {
        lock (_gate)
        {
            _failures = passed ? 0 : _failures + 1;
            if (_failures is 2 or 4)
            {
                _notices.Add($"Your webhook address failed validation {_failures} times.");
            }
            else if (_failures == FailuresThatDisable)
            {
                _notices.Add("Your event subscription was switched off.");
            }
        }
    }
}
