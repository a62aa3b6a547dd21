using System.Globalization;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Planning;

/// <summary>A class as somebody wrote it down: one that stands in Zoom already, or one to be planned there.</summary>
internal sealed record SeriesDetails
{
    public const int LongestName = 120;
    public const int LongestReference = 64;

    /// <summary>Zoom's limit for a series.</summary>
    public const int MostWeeks = 60;

    private const int ShortestMinutes = 5;
    private const int LongestMinutes = 480;
    private const int MostChildren = 300;

    /// <summary>Longer ahead than any timetable; a year with a slip in it is beyond.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(800);

    public string? Name { get; init; }

    public string? Reference { get; init; }

    /// <summary>The account of the one whom families are told of. May be missing for a meeting that Zoom has: then it is the host.</summary>
    public Guid? TeacherId { get; init; }

    public IReadOnlyList<Guid> CoTeacherIds { get; init; } = [];

    public PresenceMode PresenceMode { get; init; } = PresenceMode.InRoom;

    public bool Gate { get; init; }

    public int? PlannedSize { get; init; }

    /// <summary>The meeting that there is already; then nothing below is given.</summary>
    public long? ZoomMeetingId { get; init; }

    /// <summary>Such as <c>2027-03-02</c>, by the school's calendar.</summary>
    public string? FirstDate { get; init; }

    /// <summary>Such as <c>17:00</c>, by the school's clock.</summary>
    public string? Time { get; init; }

    public int? Minutes { get; init; }

    public int? Weeks { get; init; }

    /// <returns>The same in one piece; null when something is wrong.</returns>
    public SeriesWish? Check(TimeZoneInfo zone, DateTimeOffset now, ValidationErrors faults)
    {
        var before = faults.Count;
        var name = PlainText.Read(Name, "name", LongestName, faults);
        var reference = PlainText.Read(Reference, "reference", LongestReference, faults, required: false);
        CheckSize(PlannedSize, faults);
        var plan = ZoomMeetingId is null ? CheckPlan(zone, now, faults) : NoPlan(faults);
        if (ZoomMeetingId is null && TeacherId is null)
        {
            faults.Add("teacher", "Say who teaches it.");
        }

        return faults.Count == before
            ? new SeriesWish(name!, reference, TeacherId, [.. CoTeacherIds.Distinct().Where(id => id != TeacherId)], PresenceMode, Gate, PlannedSize, ZoomMeetingId, plan)
            : null;
    }

    public static void CheckSize(int? plannedSize, ValidationErrors faults)
    {
        if (plannedSize is < 1 or > MostChildren)
        {
            faults.Add("plannedSize", $"Use a number from 1 to {MostChildren}.");
        }
    }

    private MeetingPlan? CheckPlan(TimeZoneInfo zone, DateTimeOffset now, ValidationErrors faults)
    {
        var first = DateOnly.TryParseExact(FirstDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        var time = TimeOnly.TryParseExact(Time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour : (TimeOnly?)null;
        Require(first is not null, "firstDate", "Use a date such as 2027-03-02.", faults);
        Require(time is not null, "time", "Use a time of day such as 17:00.", faults);
        Require(Minutes is >= ShortestMinutes and <= LongestMinutes, "minutes", $"Use a number from {ShortestMinutes} to {LongestMinutes}.", faults);
        Require(Weeks is null or (>= 1 and <= MostWeeks), "weeks", $"Use a number from 1 to {MostWeeks}.", faults);
        if (first is null || time is null || Weeks is < 1 or > MostWeeks)
        {
            return null;
        }

        if (first.Value < DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1) || first.Value > DateOnly.FromDateTime((now + Horizon).UtcDateTime))
        {
            faults.Add("firstDate", "Use a date from today to about two years ahead.");
            return null;
        }

        return Lay(WeeklyDates.CalculateDates(zone, first.Value, time.Value, Weeks ?? 1), first.Value, now, faults);
    }

    private MeetingPlan? Lay(WeeklyDates dates, DateOnly first, DateTimeOffset now, ValidationErrors faults)
    {
        if (dates.Skipped is { } skipped)
        {
            faults.Add("time", $"On {skipped:yyyy-MM-dd} the clocks go forward and there is no {Time}. Choose another time.");
            return null;
        }

        Require(dates.Starts[0] > now, "firstDate", "The first class must lie ahead.", faults);
        return new MeetingPlan(dates.Starts, Minutes ?? 0, first.DayOfWeek);
    }

    private MeetingPlan? NoPlan(ValidationErrors faults)
    {
        Require(ZoomMeetingId > 0, "zoomMeetingId", "Use Zoom’s meeting number.", faults);
        Require(
            (FirstDate, Time, Minutes, Weeks) is (null, null, null, null), "zoomMeetingId",
            "Give either the meeting that there is, or the dates of a new one.", faults);
        return null;
    }

    private static void Require(bool holds, string path, string sentence, ValidationErrors faults)
    {
        if (!holds)
        {
            faults.Add(path, sentence);
        }
    }
}

/// <summary>A class in whose details nothing is wrong. Exactly one of <paramref name="ZoomMeetingId"/> and <paramref name="Plan"/> is there.</summary>
internal sealed record SeriesWish(
    string Name, string? Reference, Guid? TeacherId, IReadOnlyList<Guid> CoTeacherIds, PresenceMode PresenceMode, bool Gate, int? PlannedSize,
    long? ZoomMeetingId, MeetingPlan? Plan)
{
    /// <summary>Not null: the meeting must be this account's own, or it is not there for them.</summary>
    public Guid? OnlyHostedBy { get; init; }
}

/// <param name="Starts">Every date, the first one first.</param>
internal sealed record MeetingPlan(IReadOnlyList<DateTimeOffset> Starts, int Minutes, DayOfWeek Day);
