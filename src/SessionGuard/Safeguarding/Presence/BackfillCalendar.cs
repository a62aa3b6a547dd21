using SessionGuard.Zoom.Client;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>When Zoom is asked for the report of a session.</summary>
internal static class BackfillCalendar
{
    /// <summary>By then every late report is there.</summary>
    public static readonly TimeSpan LastTime = TimeSpan.FromHours(24);

    /// <summary>After so many failures in a row it is called failed. With the pauses between them that is about a day.</summary>
    public const int MostFailures = 8;

    private static readonly TimeSpan[] AfterFailure =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <param name="endedAt">When the last run ended.</param>
    /// <returns>Null: it was the last time.</returns>
    public static DateTimeOffset? Next(DateTimeOffset endedAt, DateTimeOffset now) => IsLast(endedAt, now) ? null : endedAt + LastTime;

    public static bool IsLast(DateTimeOffset endedAt, DateTimeOffset now) => now >= endedAt + LastTime;

    /// <param name="failures">In a row, this one included.</param>
    public static DateTimeOffset AfterFailures(int failures, DateTimeOffset? retryAt, DateTimeOffset now) =>
        ZoomFault.Later(retryAt, now + AfterFailure[Math.Clamp(failures - 1, 0, AfterFailure.Length - 1)]);
}
