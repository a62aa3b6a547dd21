using System.Globalization;
using SessionGuard.ZoomSandbox.Meetings;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>A user's meetings: one item for each date of a series, no instant meetings, nothing expired.</summary>
internal sealed class MeetingListCalls(Pages pages)
{
    private const int MostMonths = 6;

    public void Map(ZoomApi api) => api.Map("GET", "/users/{userId}/meetings", RateLabel.Medium, Scopes.ListMeetings, List);

    private ApiAnswer List(ApiCall call)
    {
        var host = call.Host();
        ApiCall.RequireHosting(host);
        var dates = call.World.Meetings.Values
            .Where(m => m.Host == host && !m.IsDeleted && !m.IsExpired(call.World.Now))
            .Where(m => m.Type is not (MeetingType.Instant or MeetingType.PersonalRoom))
            .SelectMany(Dates)
            .Where(IsWanted(call))
            .OrderBy(d => d.Start ?? DateTimeOffset.MinValue);
        return ApiAnswer.Ok(pages.Page(call, "meetings", [.. dates.Select(d => MeetingViews.Listed(d.Meeting, d.Start, d.Minutes))], legacy: true));
    }

    private static IEnumerable<MeetingDate> Dates(SandboxMeeting meeting) => meeting.Type == MeetingType.RecurringFixedTime
        ? meeting.Occurrences.Where(o => !o.IsDeleted).Select(o => new MeetingDate(meeting, o.Start, o.Minutes))
        : [new MeetingDate(meeting, meeting.Start, meeting.Minutes)];

    private static Func<MeetingDate, bool> IsWanted(ApiCall call)
    {
        var now = call.World.Now;
        var (from, to) = (Day(call, "from"), Day(call, "to")?.AddDays(1));
        bool InRange(MeetingDate d) => d.Start is not { } start || ((from is null || start >= from) && (to is null || start < to));
        bool IsLive(MeetingDate d) => call.World.LiveInstance(d.Meeting) is not null;
        bool IsAhead(MeetingDate d) => d.Start is not { } start || (start.AddMinutes(d.Minutes) >= now && start < now.AddMonths(MostMonths));

        return call.Query("type") switch
        {
            "live" => IsLive,
            "upcoming" or "upcoming_meetings" => d => InRange(d) && (IsLive(d) || IsAhead(d)),
            "previous_meetings" => d => InRange(d) && d.Start is { } start && start.AddMinutes(d.Minutes) < now && start > now.AddMonths(-MostMonths),
            _ => InRange,
        };
    }

    private static DateTimeOffset? Day(ApiCall call, string name)
    {
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw ZoomRefusal.InvalidField(name, "Invalid field.");
    }

    private sealed record MeetingDate(SandboxMeeting Meeting, DateTimeOffset? Start, int Minutes);
}
