using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Families;

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
    private static readonly CompiledQuery<Func<SessionGuardDb, Guid, IAsyncEnumerable<OwnPlace>>> Places = new(() => EF.CompileAsyncQuery(
        (SessionGuardDb db, Guid carerId) =>
            from tie in db.Set<Carership>().AsNoTracking().TagWith(PreparedStatements.Often)
            join child in db.Set<Person>() on tie.ChildId equals child.Id
            join seat in db.Set<Seat>() on child.Id equals seat.PersonId
            where tie.CarerId == carerId && !tie.NotAuthorised && db.Set<Person>().Any(c => c.Id == carerId && c.LeftAt == null)
                && seat.Kind == SeatKind.Child && Seat.Taken.Contains(seat.State)
            select new OwnPlace(seat, child, !tie.DoNotContact)));

    private static readonly CompiledQuery<Func<SessionGuardDb, Guid, CancellationToken, Task<Described?>>> Description = new(() => EF.CompileAsyncQuery(
        (SessionGuardDb db, Guid sessionId, CancellationToken _) => (
            from session in db.Set<Session>().AsNoTracking().TagWith(PreparedStatements.Often)
            join series in db.Set<ClassSeries>() on session.SeriesId equals series.Id
            where session.Id == sessionId
            select new Described(session, series, (
                from teacher in db.Set<SeriesTeacher>()
                join account in db.Set<Account>() on teacher.AccountId equals account.Id
                where teacher.SeriesId == series.Id && teacher.IsMain
                select account.DisplayName).FirstOrDefault())).SingleOrDefault()));

    private static readonly CompiledQuery<Func<SessionGuardDb, Guid, CancellationToken, Task<HostNames?>>> Host = new(() => EF.CompileAsyncQuery(
        (SessionGuardDb db, Guid meetingId, CancellationToken _) => (
            from meeting in db.Set<Meeting>().TagWith(PreparedStatements.Often)
            join host in db.Set<ZoomHost>() on new { meeting.OrganisationId, ZoomId = meeting.HostZoomId } equals new { host.OrganisationId, host.ZoomId }
            where meeting.Id == meetingId
            select new HostNames(db.Set<Account>().Where(a => a.Id == host.AccountId).Select(a => a.DisplayName).FirstOrDefault(), host.Name)).FirstOrDefault()));

    /// <returns>Null when none of the children is theirs, or theirs any longer.</returns>
    public async Task<FamilyClass?> GetClassAsync(Guid carerId, Session session, CancellationToken cancellation)
    {
        var places = await PlacesAsync(carerId, cancellation);
        return places.Contains(session.SeriesId) ? await ClassAsync(session, places, cancellation) : null;
    }

    /// <returns>Null as for <see cref="GetClassAsync"/>, or because there is no such session.</returns>
    public async Task<ClassAmongOthers?> WithOthersAsync(Guid carerId, Guid sessionId, CancellationToken cancellation)
    {
        var places = await PlacesAsync(carerId, cancellation);
        if (await DescribeAsync(sessionId, cancellation) is not { } own || !places.Contains(own.Series.Id))
        {
            return null;
        }

        var (session, others) = (own.Session, places.Select(p => p.Key).Where(id => id != own.Series.Id).ToList());
        SessionStatus[] on = [SessionStatus.Scheduled, SessionStatus.Live];
        List<Session> sameTime = others.Count == 0 ? [] : await db.Set<Session>().AsNoTracking()
            .Where(s => others.Contains(s.SeriesId) && s.Start < session.End && s.End > session.Start && on.Contains(s.Status))
            .OrderBy(s => s.Start).ToListAsync(cancellation);
        var beside = new List<FamilyClass>(sameTime.Count);
        foreach (var other in sameTime)
        {
            beside.Add(await ClassAsync(other, places, cancellation));
        }

        return new ClassAmongOthers(new FamilyClass(session, own.Series, own.Teacher, [.. places[own.Series.Id]]), beside);
    }

    /// <returns>Null when they have no place in it, or no longer.</returns>
    public async Task<StudentClass?> OfStudentAsync(Guid studentId, Session session, CancellationToken cancellation)
    {
        var seat = await db.Set<Seat>().AsNoTracking().Where(s =>
            s.SeriesId == session.SeriesId && s.PersonId == studentId && s.Kind == SeatKind.AdultStudent && Seat.Taken.Contains(s.State))
            .OrderBy(s => s.Id).FirstOrDefaultAsync(cancellation);
        return seat is not null && await DescribeAsync(session.Id, cancellation) is { } known
            ? new StudentClass(session, known.Series, known.Teacher, seat)
            : null;
    }

    /// <returns>By the id of the series, in the order of first names.</returns>
    private async Task<ILookup<Guid, OwnPlace>> PlacesAsync(Guid carerId, CancellationToken cancellation)
    {
        var places = await Places.On(db)(db, carerId).ToListAsync(cancellation);
        return places.OrderBy(p => p.Child.FirstName, StringComparer.CurrentCulture).ThenBy(p => p.Seat.Id).ToLookup(p => p.Seat.SeriesId);
    }

    private async Task<FamilyClass> ClassAsync(Session session, ILookup<Guid, OwnPlace> places, CancellationToken cancellation)
    {
        var known = (await DescribeAsync(session.Id, cancellation))!;
        return new FamilyClass(session, known.Series, known.Teacher, [.. places[session.SeriesId]]);
    }

    /// <summary>The teacher is whom the school named, or else who hosts the meeting in Zoom.</summary>
    private async Task<Described?> DescribeAsync(Guid sessionId, CancellationToken cancellation) =>
        await Description.On(db)(db, sessionId, cancellation) switch
        {
            { Teacher: null } known when await Host.On(db)(db, known.Session.MeetingId, cancellation) is { } host =>
                known with { Teacher = host.Account ?? host.InZoom },
            var known => known,
        };

    private sealed record Described(Session Session, ClassSeries Series, string? Teacher);

    private sealed record HostNames(string? Account, string? InZoom);
}
