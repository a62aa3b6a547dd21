namespace SessionGuard.Zoom.Client;

internal enum ZoomFailure
{
    /// <summary>The organisation has no Zoom credentials.</summary>
    NotConnected,

    /// <summary>This service was restored from a backup, and nobody has confirmed it yet. Nothing was sent.</summary>
    Held,

    /// <summary>The meeting, user or instance is not there, or no longer.</summary>
    NotFound,

    /// <summary>Credentials, scope, role or plan do not allow it. Trying again changes nothing; a person must.</summary>
    Refused,

    /// <summary>Zoom understood the request and did not accept its contents.</summary>
    Invalid,

    /// <summary>Too many calls. Nothing is sent for this organisation before <see cref="ZoomFault.RetryAt"/>.</summary>
    RateLimited,

    /// <summary>The host's creates and updates of this UTC day are used up, or the rest is kept for what is urgent.</summary>
    BudgetSpent,

    /// <summary>No usable answer in time: network, server fault, open circuit or unreadable body. Whether a write took effect is unknown.</summary>
    Unavailable,
}

/// <param name="Detail">One short sentence for staff and logs. It never repeats Zoom's own message, which may quote an address.</param>
internal sealed record ZoomFault(ZoomFailure Failure, string Detail)
{
    /// <summary>Null when no HTTP answer came.</summary>
    public int? Status { get; init; }

    /// <summary>Zoom's own error number, such as 3001; null when it gave none.</summary>
    public int? Code { get; init; }

    /// <summary>Nothing was sent, since other calls kept failing: it says nothing about what was asked for.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>The earliest instant at which another call makes sense; null when nothing is known about it.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>When to ask again: after our own pause, and not before Zoom's.</summary>
    public static DateTimeOffset Later(DateTimeOffset? retryAt, DateTimeOffset pauseEnds) => retryAt is { } asked && asked > pauseEnds ? asked : pauseEnds;

    /// <summary>How many failures in a row there are with this one: what was not sent has not failed.</summary>
    /// <param name="before">How many there were.</param>
    public int FailuresAfter(int before) => IsUnsent ? before : before + 1;

    /// <summary>Whether the same question may be answered later without anybody's doing.</summary>
    public bool IsPassing => Failure is ZoomFailure.Unavailable or ZoomFailure.RateLimited or ZoomFailure.BudgetSpent or ZoomFailure.Held;
}
