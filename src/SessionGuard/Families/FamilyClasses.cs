using Microsoft.EntityFrameworkCore;
using SessionGuard.People;
using SessionGuard.Safeguards;
using SessionGuard.Seats;
using SessionGuard.Sessions;
using SessionGuard.Storage;

namespace SessionGuard.Families;

/// <summary>The place in a class of a carer's child.</summary>
/// <param name="MayBeContacted">False: the school has been told not to write to this carer about this child, or ring.</param>
internal sealed record OwnPlace(Seat Seat, Person Child, bool MayBeContacted);

/// <summary>A session as one carer sees it.</summary>
/// <param name="Teacher">Null when nobody has said.</param>
/// <param name="Places">Of this carer's children alone, and never empty.</param>
internal sealed record FamilyClass(Session Session, ClassSeries Series, string? Teacher, IReadOnlyList<OwnPlace> Places)
{
    public IReadOnlyList<Person> Children { get; } = [.. Places.Select(p => p.Child)];

    public bool NeedsAdultInRoom => Series.PresenceMode is PresenceMode.InRoom;
}

/// <summary>A session as an adult student in it sees it.</summary>
/// <param name="Teacher">Null when nobody has said.</param>
internal sealed record StudentClass(Session Session, ClassSeries Series, string? Teacher, Seat Seat);

/// <param name="SameTime">Classes of other series, of the same carer's children, while this one lasts.</param>
internal sealed record ClassAmongOthers(FamilyClass Own, IReadOnlyList<FamilyClass> SameTime);

/// <summary>Which of a session's children are a carer's, and which place is an adult student's.</summary>
internal sealed class FamilyClasses(SessionGuardDb db)
{
    /// <returns>Null when none of the children is theirs, or theirs any longer.</returns>
    public async Task<FamilyClass?> OfAsync(Guid carerId, Session session, CancellationToken cancellation)
    {
        var places = await PlacesAsync(carerId, cancellation);
        return places.Contains(session.SeriesId) ? (await ClassesAsync([session], places, cancellation)).Single() : null;
    }

    /// <returns>Null as for <see cref="OfAsync"/>.</returns>
    public async Task<ClassAmongOthers?> WithOthersAsync(Guid carerId, Session session, CancellationToken cancellation)
    {
        var places = await PlacesAsync(carerId, cancellation);
        if (!places.Contains(session.SeriesId))
        {
            return null;
        }

        List<Guid> others = [.. places.Select(p => p.Key).Where(id => id != session.SeriesId)];
        SessionStatus[] on = [SessionStatus.Scheduled, SessionStatus.Live];
        List<Session> sameTime = others.Count == 0 ? [] : await db.Set<Session>().AsNoTracking()
            .Where(s => others.Contains(s.SeriesId) && s.Start < session.End && s.End > session.Start && on.Contains(s.Status))
            .OrderBy(s => s.Start).ToListAsync(cancellation);
        var classes = await ClassesAsync([session, .. sameTime], places, cancellation);
        return new ClassAmongOthers(classes[0], classes[1..]);
    }

    /// <returns>Null when they have no place in it, or no longer.</returns>
    public async Task<StudentClass?> OfStudentAsync(Guid studentId, Session session, CancellationToken cancellation)
    {
        var seat = await db.Set<Seat>().AsNoTracking().Where(s =>
            s.SeriesId == session.SeriesId && s.PersonId == studentId && s.Kind == SeatKind.AdultStudent && Seat.Taken.Contains(s.State))
            .OrderBy(s => s.Id).FirstOrDefaultAsync(cancellation);
        if (seat is null)
        {
            return null;
        }

        var (series, teacher) = (await DescribeAsync([session.Id], cancellation))[session.Id];
        return new StudentClass(session, series, teacher, seat);
    }

    /// <returns>By the id of the series, in the order of first names.</returns>
    private async Task<ILookup<Guid, OwnPlace>> PlacesAsync(Guid carerId, CancellationToken cancellation)
    {
        var places = await (
            from tie in db.Set<Carership>().AsNoTracking()
            join child in db.Set<Person>() on tie.ChildId equals child.Id
            join seat in db.Set<Seat>() on child.Id equals seat.PersonId
            where tie.CarerId == carerId && !tie.NotAuthorised && db.Set<Person>().Any(c => c.Id == carerId && c.LeftAt == null)
                && seat.Kind == SeatKind.Child && Seat.Taken.Contains(seat.State)
            select new OwnPlace(seat, child, !tie.DoNotContact)).ToListAsync(cancellation);
        return places.OrderBy(p => p.Child.FirstName, StringComparer.CurrentCulture).ThenBy(p => p.Seat.Id).ToLookup(p => p.Seat.SeriesId);
    }

    /// <returns>In the order of the sessions.</returns>
    private async Task<List<FamilyClass>> ClassesAsync(List<Session> sessions, ILookup<Guid, OwnPlace> places, CancellationToken cancellation)
    {
        var known = await DescribeAsync(sessions.ConvertAll(s => s.Id), cancellation);
        return sessions.ConvertAll(s => new FamilyClass(s, known[s.Id].Series, known[s.Id].Teacher, [.. places[s.SeriesId]]));
    }

    /// <returns>By the id of the session.</returns>
    private async Task<Dictionary<Guid, (ClassSeries Series, string? Teacher)>> DescribeAsync(List<Guid> ids, CancellationToken cancellation)
    {
        var known = await (
            from session in db.Set<Session>().AsNoTracking()
            join series in db.Set<ClassSeries>() on session.SeriesId equals series.Id
            where ids.Contains(session.Id)
            select new
            {
                session.Id,
                Series = series,
                // Whom the school named, or else who hosts the meeting in Zoom.
                Named = (
                    from teacher in db.Set<SeriesTeacher>()
                    join account in db.Users on teacher.AccountId equals account.Id
                    where teacher.SeriesId == series.Id && teacher.IsMain
                    select account.DisplayName).FirstOrDefault(),
                // Each one value: a pair would make the database number all meetings first.
                HostAccount = (
                    from meeting in db.Set<Meeting>()
                    join host in db.Set<ZoomHost>()
                        on new { meeting.OrganisationId, ZoomId = meeting.HostZoomId } equals new { host.OrganisationId, host.ZoomId }
                    join account in db.Users on host.AccountId equals account.Id
                    where meeting.Id == session.MeetingId
                    select account.DisplayName).FirstOrDefault(),
                Host = (
                    from meeting in db.Set<Meeting>()
                    join host in db.Set<ZoomHost>()
                        on new { meeting.OrganisationId, ZoomId = meeting.HostZoomId } equals new { host.OrganisationId, host.ZoomId }
                    where meeting.Id == session.MeetingId
                    select host.Name).FirstOrDefault(),
            }).ToListAsync(cancellation);
        return known.ToDictionary(s => s.Id, s => (s.Series, (string?)(s.Named ?? s.HostAccount ?? s.Host)));
    }
}
