using System.Globalization;

namespace SessionGuard.ZoomSandbox;

/// <summary>How a meeting repeats, in Zoom's terms.</summary>
public sealed record MeetingRecurrence
{
    private const int MostOccurrences = 60;

    /// <summary>1 daily, 2 weekly, 3 monthly.</summary>
    public int Type { get; init; } = 2;

    public int RepeatInterval { get; init; } = 1;

    /// <summary>"1" is Sunday, "7" Saturday, with commas between; null takes the first date's day.</summary>
    public string? WeeklyDays { get; init; }

    public int? MonthlyDay { get; init; }

    /// <summary>-1 last, 1 first to 4 fourth.</summary>
    public int? MonthlyWeek { get; init; }

    public int? MonthlyWeekDay { get; init; }

    /// <summary>0 is without end, and null without an end date is once.</summary>
    public int? EndTimes { get; init; }

    public DateTimeOffset? EndDateTime { get; init; }

    /// <summary>Weekly on the first date's day, so many times.</summary>
    public static MeetingRecurrence Weekly(int times) => new() { EndTimes = times };

    /// <summary>Starts keep their local time of day across clock changes.</summary>
    internal IEnumerable<DateTimeOffset> Starts(DateTimeOffset first, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(first, zone);
        var firstDay = DateOnly.FromDateTime(local.DateTime);
        var time = TimeOnly.FromDateTime(local.DateTime);
        var wanted = EndTimes switch
        {
            > 0 => Math.Min(EndTimes.Value, MostOccurrences),
            null when EndDateTime is null => 1,
            _ => MostOccurrences,
        };

        // Ten years hold 60 dates of any pattern that has dates at all; 31 February has none.
        for (var day = firstDay; wanted > 0 && day < firstDay.AddYears(10); day = day.AddDays(1))
        {
            if (!FallsOn(day, firstDay))
            {
                continue;
            }

            var start = ToInstant(day.ToDateTime(time), zone);
            if (start > EndDateTime)
            {
                yield break;
            }

            wanted--;
            yield return start;
        }
    }

    private bool FallsOn(DateOnly day, DateOnly first)
    {
        var interval = Math.Max(1, RepeatInterval);
        var days = day.DayNumber - first.DayNumber;
        var weeks = (days + (int)first.DayOfWeek) / 7;
        var months = ((day.Year - first.Year) * 12) + day.Month - first.Month;
        return Type switch
        {
            1 => days % interval == 0,
            2 => weeks % interval == 0 && IsChosenWeekday(day, first),
            _ => months % interval == 0 && IsChosenDayOfMonth(day, first),
        };
    }

    private bool IsChosenWeekday(DateOnly day, DateOnly first) => WeeklyDays is null
        ? day.DayOfWeek == first.DayOfWeek
        : WeeklyDays.Split(',').Contains(ZoomWeekday(day).ToString(CultureInfo.InvariantCulture));

    private bool IsChosenDayOfMonth(DateOnly day, DateOnly first) => MonthlyWeek is { } week
        ? ZoomWeekday(day) == MonthlyWeekDay && (week == -1 ? day.AddDays(7).Month != day.Month : ((day.Day - 1) / 7) + 1 == week)
        : day.Day == (MonthlyDay ?? first.Day);

    private static int ZoomWeekday(DateOnly day) => (int)day.DayOfWeek + 1;

    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        // A time that the spring change skips is held an hour later.
        var real = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(real, zone.GetUtcOffset(real)).ToUniversalTime();
    }
}
