using System.Globalization;

namespace SessionGuard.Platform.Jobs;

/// <summary>A job's rhythm as a cron line in UTC, with a field for seconds where it needs one: for an engine that knows no other way.</summary>
internal static class CronText
{
    /// <exception cref="NotSupportedException">Cron begins anew each minute, hour and day: it has no rhythm that does not divide them.</exception>
    public static string ToCron(ScheduledJob job) => job switch
    {
        { At: { } at } => string.Create(CultureInfo.InvariantCulture, $"{at.Minute} {at.Hour} * * *"),
        { Every.TotalSeconds: var seconds } when IsPartOf(60, seconds) =>
            string.Create(CultureInfo.InvariantCulture, $"*/{seconds} * * * * *"),
        { Every.TotalMinutes: var minutes } when IsPartOf(60, minutes) =>
            string.Create(CultureInfo.InvariantCulture, $"*/{minutes} * * * *"),
        { Every.TotalHours: var hours } when IsPartOf(24, hours) =>
            string.Create(CultureInfo.InvariantCulture, $"0 */{hours} * * *"),
        _ => throw new NotSupportedException($"Cron cannot say every {job.Every}, as {job.Name} asks."),
    };

    private static bool IsPartOf(int whole, double count) => count >= 1 && count < whole && count % 1 == 0 && whole % count == 0;
}
