namespace SessionGuard.Classes.Planning;

/// <summary>The dates of a class that is held every week at the same hour of the school's own clock.</summary>
/// <param name="Starts">In UTC. An hour that the autumn change holds twice is the first of the two.</param>
/// <param name="Skipped">The first date on which the spring change leaves the hour out; null when there is none.</param>
internal sealed record WeeklyDates(IReadOnlyList<DateTimeOffset> Starts, DateOnly? Skipped)
{
    public static WeeklyDates CalculateDates(TimeZoneInfo zone, DateOnly first, TimeOnly time, int weeks)
    {
        var days = Enumerable.Range(0, weeks).Select(week => first.AddDays(7 * week)).ToList();
        var skipped = days.Where(day => zone.IsInvalidTime(day.ToDateTime(time))).Select(day => (DateOnly?)day).FirstOrDefault();
        return new WeeklyDates(skipped is null ? [.. days.Select(day => GetInstant(zone, day.ToDateTime(time)))] : [], skipped);
    }

    private static DateTimeOffset GetInstant(TimeZoneInfo zone, DateTime local)
    {
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
