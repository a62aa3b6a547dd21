using Microsoft.EntityFrameworkCore;
using SessionGuard.Accounts;
using SessionGuard.People;
using SessionGuard.Safeguards;
using SessionGuard.Seats;
using SessionGuard.Sessions;
using SessionGuard.Storage;

namespace SessionGuard.Families;

/// <summary>A session as one carer sees it.</summary>
/// <param name="Teacher">Null when nobody has said.</param>
/// <param name="Places">Of this carer's children alone, and never empty.</param>
internal sealed record FamilyClass(Session Session, ClassSeries Series, string? Teacher, IReadOnlyList<Place> Places)
{
    public IReadOnlyList<Person> Children { get; } = [.. Places.Select(p => p.Child)];

    public bool NeedsAdultInRoom => Series.PresenceMode is PresenceMode.InRoom;
}

/// <summary>Which of a session's children are a carer's.</summary>
internal sealed class FamilyClasses(SessionGuardDb db, Rosters rosters)
{
    /// <returns>Null when none of the children is theirs, or theirs any longer.</returns>
    public async Task<FamilyClass?> OfAsync(Guid carerId, Session session, CancellationToken cancellation) =>
        (await OfAsync(carerId, [session], cancellation)).SingleOrDefault();

    /// <summary>Other classes of the same carer's children while this one lasts.</summary>
    public async Task<IReadOnlyList<FamilyClass>> AtTheSameTimeAsync(Guid carerId, Session session, CancellationToken cancellation)
    {
        SeatState[] taken = [SeatState.Wanted, SeatState.Linked, SeatState.Shared];
        SessionStatus[] on = [SessionStatus.Scheduled, SessionStatus.Live];
        var series =
            from tie in db.Set<Carership>()
            join seat in db.Set<Seat>() on tie.ChildId equals seat.PersonId
            where tie.CarerId == carerId && !tie.NotAuthorised && taken.Contains(seat.State)
            select seat.SeriesId;
        var sessions = await db.Set<Session>().AsNoTracking()
            .Where(s => s.Id != session.Id && s.Start < session.End && s.End > session.Start && on.Contains(s.Status) && series.Contains(s.SeriesId))
            .OrderBy(s => s.Start).ToListAsync(cancellation);
        return await OfAsync(carerId, sessions, cancellation);
    }

    private async Task<List<FamilyClass>> OfAsync(Guid carerId, List<Session> sessions, CancellationToken cancellation)
    {
        if (sessions.Count == 0)
        {
            return [];
        }

        var ids = sessions.ConvertAll(s => s.SeriesId).Distinct().ToList();
        var places = await rosters.OfAsync(ids, cancellation);
        var series = await db.Set<ClassSeries>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        var found = new List<FamilyClass>();
        foreach (var session in sessions)
        {
            List<Place> own = [.. places[session.SeriesId].Where(p => p.Adults.Any(a => a.Carer.Id == carerId))];
            if (own.Count > 0)
            {
                found.Add(new FamilyClass(session, series[session.SeriesId], await TeacherAsync(session, cancellation), own));
            }
        }

        return found;
    }

    /// <summary>Whom the school named, or else who hosts the meeting in Zoom.</summary>
    private async Task<string?> TeacherAsync(Session session, CancellationToken cancellation) =>
        await (
            from teacher in db.Set<SeriesTeacher>()
            join account in db.Users on teacher.AccountId equals account.Id
            where teacher.SeriesId == session.SeriesId && teacher.IsMain
            select account.DisplayName).FirstOrDefaultAsync(cancellation)
        ?? await (
            from meeting in db.Set<Meeting>()
            join host in db.Set<ZoomHost>() on new { meeting.OrganisationId, ZoomId = meeting.HostZoomId } equals new { host.OrganisationId, host.ZoomId }
            where meeting.Id == session.MeetingId
            select db.Users.Where(a => a.Id == host.AccountId).Select(a => a.DisplayName).FirstOrDefault() ?? host.Name).FirstOrDefaultAsync(cancellation);
}
