using SessionGuard.Classes.Planning;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Text;

namespace SessionGuard.Surfaces.Api;

/// <summary>A class that is taught, once or every week.</summary>
/// <param name="Name">Null until somebody has said; then <paramref name="Topic"/> is what Zoom calls it.</param>
/// <param name="Origin"><c>planned</c> here or <c>adopted</c> from Zoom.</param>
/// <param name="Teacher">Whom families are told of; null until somebody has said.</param>
/// <param name="PresenceMode"><c>in-room</c>, <c>nearby</c> or <c>agreed-alone</c>.</param>
/// <param name="Gate">Whether an adult must say that they are there before anybody is led on to Zoom.</param>
/// <param name="NextStart">Null when no date lies ahead.</param>
public sealed record SeriesRecord(
    Guid Id, string? Name, string Topic, string? Reference, string Origin, Guid? Teacher, IReadOnlyList<Guid> CoTeachers, string PresenceMode, bool Gate,
    int? PlannedSize, long? ZoomMeetingId, DateTime? NextStart)
{
    internal static SeriesRecord FromView(SeriesView view)
    {
        var meeting = view.Meetings is [var nearest, ..] ? nearest : null;
        return new SeriesRecord(
            view.Series.Id,
            view.Series.Name,
            meeting?.Topic ?? "",
            view.Series.Reference,
            Words.ToWord(view.Series.Origin),
            view.Teachers.FirstOrDefault(t => t.IsMain)?.AccountId,
            [.. view.Teachers.Where(t => !t.IsMain).Select(t => t.AccountId)],
            Words.ToWord(view.Series.PresenceMode),
            view.Series.Gate,
            view.Series.PlannedSize,
            meeting?.ZoomMeetingId,
            meeting?.NextStart?.UtcDateTime);
    }
}

/// <summary>Either a meeting that Zoom has, by <paramref name="ZoomMeetingId"/>, or the dates of one that is to be planned there.</summary>
/// <param name="Teacher">The account of the one whom families are told of. May be left out for a meeting that Zoom has: then it is its host.</param>
/// <param name="FirstDate">Such as <c>2027-03-02</c>, by the school's calendar.</param>
/// <param name="Time">Such as <c>17:00</c>, by the school's clock; it stays when the clocks change.</param>
/// <param name="Weeks">How many weeks it is held, 1 to 60; once when left out.</param>
/// <param name="PresenceMode"><c>in-room</c> when left out.</param>
public sealed record NewSeries(
    string? Name, string? Reference, Guid? Teacher, IReadOnlyList<Guid>? CoTeachers, long? ZoomMeetingId, string? FirstDate, string? Time, int? Minutes,
    int? Weeks, string? PresenceMode, bool? Gate, int? PlannedSize);

/// <summary>What is left out stays as it is.</summary>
public sealed record ChangedSeries(
    string? Name, Guid? Teacher, IReadOnlyList<Guid>? CoTeachers, string? PresenceMode, bool? Gate, int? PlannedSize);
