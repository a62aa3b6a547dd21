using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Sessions;

/// <summary>When a meeting is looked at next.</summary>
internal static class CheckCalendar
{
    /// <summary>How long before a session its meeting is looked at regularly.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    public static readonly TimeSpan Regularly = TimeSpan.FromMinutes(15);

    /// <summary>From here on a repair may use what is kept of the host's daily changes.</summary>
    public static readonly TimeSpan Urgent = TimeSpan.FromHours(1);

    /// <summary>After so many failures in a row a meeting is left alone for five minutes and more.</summary>
    public const int ManyFailures = 3;

    /// <summary>How soon those are looked at once Zoom answers their school again.</summary>
    public static readonly TimeSpan OnceAnswered = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan[] AfterFailure =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15)];

    /// <param name="nextStart">When the next session begins or began; null: none lies ahead.</param>
    /// <returns>Null when there is nothing left to look at.</returns>
    public static DateTimeOffset? Next(DateTimeOffset? nextStart, DateTimeOffset now) => nextStart switch
    {
        null => null,
        { } start when start - now <= Ahead => now + Regularly,
        { } start => start - Ahead,
    };

    /// <param name="failures">Checks in a row that Zoom did not answer, this one included; 0 when it has not been asked yet.</param>
    public static DateTimeOffset AfterFailures(int failures, DateTimeOffset? retryAt, DateTimeOffset now) =>
        ZoomFault.Later(retryAt, now + AfterFailure[Math.Clamp(failures - 1, 0, AfterFailure.Length - 1)]);
}
