using System.Globalization;

namespace SessionGuard.Platform.Jobs;

/// <summary>A job's rhythm as a cron line in UTC, with a field for seconds first.</summary>
internal static class CronText
{
    private const int SecondsOfAMinute = 60;

    /// <param name="place">The job's place in the schedule. Each place begins at another second, so that jobs of one rhythm do not start together.</param>
    /// <exception cref="NotSupportedException">Cron begins anew each minute, hour and day: it has no rhythm that does not divide them.</exception>
    public static string ToCron(ScheduledJob job, int place) => job switch
    {
        { At: { } at } => string.Create(CultureInfo.InvariantCulture, $"0 {at.Minute} {at.Hour} * * *"),
        { Every.TotalSeconds: var seconds } when IsPartOf(SecondsOfAMinute, seconds) =>
            string.Create(CultureInfo.InvariantCulture, $"{place % seconds}/{seconds} * * * * *"),
        { Every.TotalMinutes: var minutes } when IsPartOf(60, minutes) =>
            string.Create(CultureInfo.InvariantCulture, $"{place % SecondsOfAMinute} {place % minutes}/{minutes} * * * *"),
        { Every.TotalHours: var hours } when IsPartOf(24, hours) =>
            string.Create(CultureInfo.InvariantCulture, $"{place % SecondsOfAMinute} 0 {place % hours}/{hours} * * *"),
        _ => throw new NotSupportedException($"Cron cannot say every {job.Every}, as {job.Name} asks."),
    };

    private static bool IsPartOf(int whole, double count) => count >= 1 && count < whole && count % 1 == 0 && whole % count == 0;
}
