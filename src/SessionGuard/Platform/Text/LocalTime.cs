using System.Globalization;

namespace SessionGuard.Platform.Text;

/// <summary>Instants as people read them, in the school's own time zone.</summary>
internal sealed class LocalTime(TimeZoneInfo zone, DateTimeOffset now)
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] UkZones =
        ["Europe/London", "Europe/Belfast", "Europe/Jersey", "Europe/Guernsey", "Europe/Isle_of_Man", "GB"];

    public DateTimeOffset Now { get; } = now;

    public DateOnly Today => GetDay(Now);

    /// <summary>"UK time", or the zone by its city: "Paris time".</summary>
    public string Zone { get; } = GetName(zone.Id);

    public DateOnly GetDay(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The instant at which the local <paramref name="day"/> begins, also where clocks change at midnight.</summary>
    public DateTimeOffset GetStart(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The instant at which clocks show <paramref name="time"/> on the local <paramref name="day"/>, or the first after it where they skip it.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // Shown twice on one day: the first counts, which has the larger offset.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>"Tuesday 4 March"; with the year when it is another than this one.</summary>
    public string Day(DateOnly day) => day.ToString(day.Year == Today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", British);

    public string Day(DateTimeOffset instant) => Day(GetDay(instant));

    /// <summary>"Tuesday".</summary>
    public string Weekday(DateTimeOffset instant) => Local(instant).ToString("dddd", British);

    /// <summary>"5.00pm".</summary>
    public string Time(DateTimeOffset instant) => Local(instant).ToString("h.mmtt", British).ToLowerInvariant();

    /// <summary>"Tuesday 4 March, 5.00pm (UK time)".</summary>
    public string Full(DateTimeOffset instant) => $"{Day(instant)}, {Time(instant)} ({Zone})";

    /// <summary>"Tuesday 4 March, 5.00pm to 6.00pm (UK time)".</summary>
    public string Span(DateTimeOffset start, DateTimeOffset end) => $"{Day(start)}, {Time(start)} to {Time(end)} ({Zone})";

    /// <summary>"17:00", for tables and lists.</summary>
    public string Clock(DateTimeOffset instant) => Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"Tue 4 Mar, 17:00"; with the year when it is another than this one.</summary>
    public string Short(DateTimeOffset instant) =>
        Local(instant).ToString(GetDay(instant).Year == Today.Year ? "ddd d MMM, HH:mm" : "ddd d MMM yyyy, HH:mm", British);

    /// <summary>"2026-03-04T17:00:00+00:00": the local time with its distance from UTC, for files.</summary>
    public string Stamp(DateTimeOffset instant) => Local(instant).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 in UTC, for the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string GetName(string id) =>
        UkZones.Contains(id, StringComparer.Ordinal) ? "UK time"
        : id is "UTC" or "Etc/UTC" ? "UTC"
        : $"{id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ')} time";

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);
}
