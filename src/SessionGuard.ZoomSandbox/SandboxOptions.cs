namespace SessionGuard.ZoomSandbox;

/// <summary>How the fake Zoom is set up; every value has a working default.</summary>
public sealed record SandboxOptions
{
    /// <summary>Drives token life, rate limits, retries, time-outs and every time in an answer or event.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    public string AccountId { get; init; } = "sBx7uQk2ZRzGN4aVw0LmTg";

    public string ClientId { get; init; } = "sandboxClient000000001";

    public string ClientSecret { get; init; } = "sandbox-client-secret-0000000001";

    /// <summary>The subscription's Secret Token: signs deliveries and answers URL validation.</summary>
    public string WebhookSecret { get; init; } = "sandbox-webhook-secret";

    /// <summary>Where events go; may be set later on the server.</summary>
    public Uri? WebhookUrl { get; init; }

    public SandboxPlan Plan { get; init; } = SandboxPlan.Pro;

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Older accounts keep one token: a new one ends the one before.</summary>
    public bool NewTokenKillsOld { get; init; }

    /// <summary>Multiplies the retry ladder of 5, 20 and 60 minutes; 0.001 turns 5 minutes into 0.3 seconds.</summary>
    public double RetryScale { get; init; } = 1;

    /// <summary>Turn off when a frozen clock would never let a per-second limit pass.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>Whether a 429 says which limit it was and, on daily limits, when to come back.</summary>
    public bool RateLimitHeaders { get; init; } = true;

    /// <summary>Fields that arrive without being documented, such as <c>public_ip</c> on participants.</summary>
    public bool UndocumentedFields { get; init; } = true;

    /// <summary>Whether a new webhook address is challenged at once. Zoom's pages say always; one field report saw none.</summary>
    public bool ValidateWebhookUrl { get; init; } = true;

    /// <summary>Zoom answers durations of 0 until attendance is worked out; this long after the end.</summary>
    public TimeSpan ReportDelay { get; init; }

    /// <summary>Deliveries under way at once. One keeps the order in which things happened.</summary>
    public int DeliveryParallelism { get; init; } = 1;
}
