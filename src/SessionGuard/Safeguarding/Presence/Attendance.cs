using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>A stay, and who it was.</summary>
/// <param name="ScreenKey">What a teacher's decision about them is kept under; null when there is nothing to know them by again.</param>
internal sealed record IdentifiedStay(Stay Stay, string InstanceUuid, string? ScreenKey, Identity Who);

/// <summary>Who was in one session when, over all of its runs.</summary>
/// <param name="Runs">The earliest first.</param>
/// <param name="Stays">In the order of joining.</param>
/// <param name="HandedOn">When somebody who is not staff was given the host's controls.</param>
internal sealed record SessionAttendance(
    Guid SessionId, IReadOnlyList<MeetingInstance> Runs, IReadOnlyList<IdentifiedStay> Stays, IReadOnlyList<DateTimeOffset> HandedOn);

/// <summary>Loads who was where and who they were: for pages, the live view, the API and the rules.</summary>
internal sealed class Attendance(SessionGuardDb db, ScreenIdentity screens)
{
    /// <summary>A fixed number of queries, however many sessions are asked for.</summary>
    /// <returns>One for each id that is a session in sight.</returns>
    public async Task<IReadOnlyDictionary<Guid, SessionAttendance>> GetAttendanceAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
    {
        var sessions = await (
            from session in db.Set<Session>().AsNoTracking()
            join meeting in db.Set<Meeting>() on session.MeetingId equals meeting.Id
            where sessionIds.Contains(session.Id)
            select new HeldSession(session.Id, session.OrganisationId, session.SeriesId, meeting.HostZoomId)).ToListAsync(cancellation);
        var runs = await db.Set<MeetingInstance>().AsNoTracking()
            .Where(i => i.SessionId != null && sessionIds.Contains(i.SessionId.Value)).OrderBy(i => i.FirstHeardAt).ThenBy(i => i.Uuid).ToListAsync(cancellation);
        var events = runs.Count == 0 ? [] : await (
            from heard in db.Set<ParticipantEvent>().AsNoTracking()
            join run in db.Set<MeetingInstance>() on new { heard.OrganisationId, Uuid = heard.InstanceUuid } equals new { run.OrganisationId, run.Uuid }
            where run.SessionId != null && sessionIds.Contains(run.SessionId.Value)
            select heard).ToListAsync(cancellation);
        var people = await PeopleAsync(sessions, events, cancellation);
        var byRun = events.ToLookup(e => (e.OrganisationId, e.InstanceUuid));
        return sessions.ToDictionary(s => s.Id, s => Read(s, runs.FindAll(r => r.SessionId == s.Id), byRun, people));
    }

    private SessionAttendance Read(
        HeldSession session, List<MeetingInstance> runs, ILookup<(Guid, string), ParticipantEvent> events, PeopleOfClasses people)
    {
        if (runs.Count == 0)
        {
            return new SessionAttendance(session.Id, runs, [], []);
        }

        var known = people.GetPeople(session);
        var stays = runs.SelectMany(run => StayTimeline.BuildStays(events[(run.OrganisationId, run.Uuid)], run.EndedAt), (run, stay) => (Run: run, Stay: stay)).ToList();
        var keys = stays.ConvertAll(s => screens.GetKey(s.Stay));
        var who = Identification.Suggest([.. stays.Select((s, i) => (s.Stay, Identification.Identify(s.Stay, keys[i], known)))], known);
        var identified = stays.Select((s, i) => new IdentifiedStay(s.Stay, s.Run.Uuid, keys[i], who[i])).OrderBy(s => s.Stay.Join).ToList();
        var strangers = identified.Where(s => s.Who.Kind is not SeatKind.Staff).Select(s => (s.InstanceUuid, s.Stay.ConnectionId)).ToHashSet();
        return new SessionAttendance(session.Id, runs, identified, [.. runs.SelectMany(r => events[(r.OrganisationId, r.Uuid)])
            .Where(e => e.Kind is ParticipantEventKind.MadeHost && strangers.Contains((e.InstanceUuid, e.ConnectionId))).Select(e => e.At)]);
    }

    private async Task<PeopleOfClasses> PeopleAsync(List<HeldSession> sessions, List<ParticipantEvent> events, CancellationToken cancellation)
    {
        if (events.Count == 0)
        {
            return new PeopleOfClasses([], [], [], []);
        }

        var series = sessions.Select(s => s.SeriesId).Distinct().ToList();
        var schools = sessions.Select(s => s.OrganisationId).Distinct().ToList();
        var zoomIds = events.Select(e => e.ZoomUserId).OfType<string>().Distinct().ToList();
        var seats = await (
            from seat in db.Set<Seat>().AsNoTracking()
            join person in db.Set<Person>().AsNoTracking() on seat.PersonId equals person.Id into persons
            from person in persons.DefaultIfEmpty()
            where series.Contains(seat.SeriesId)
            select new SeatOfPerson(seat, person)).ToListAsync(cancellation);
        var former = await (
            from registrant in db.Set<FormerRegistrant>().AsNoTracking()
            join seat in db.Set<Seat>() on registrant.SeatId equals seat.Id
            where series.Contains(seat.SeriesId)
            select registrant).ToListAsync(cancellation);
        var staff = await db.Set<ZoomHost>().AsNoTracking()
            .Where(h => schools.Contains(h.OrganisationId) && h.AccountId != null && zoomIds.Contains(h.ZoomId)).ToListAsync(cancellation);
        var matches = await db.Set<RememberedMatch>().AsNoTracking().Where(m => series.Contains(m.SeriesId)).ToListAsync(cancellation);
        return new PeopleOfClasses(seats, former, staff, matches);
    }

    private sealed record HeldSession(Guid Id, Guid OrganisationId, Guid SeriesId, string HostZoomId);

    private sealed record SeatOfPerson(Seat Seat, Person? Person);

    private sealed class PeopleOfClasses(
        List<SeatOfPerson> seats, List<FormerRegistrant> former, List<ZoomHost> staff, List<RememberedMatch> matches)
    {
        private readonly ILookup<Guid, SeatOfPerson> _seats = seats.ToLookup(s => s.Seat.SeriesId);
        private readonly ILookup<Guid, string> _former = former.ToLookup(f => f.SeatId, f => f.RegistrantId);
        private readonly ILookup<Guid, string> _staff = staff.ToLookup(h => h.OrganisationId, h => h.ZoomId);
        private readonly ILookup<Guid, RememberedMatch> _matches = matches.ToLookup(m => m.SeriesId);

        public ClassPeople GetPeople(HeldSession session) => new()
        {
            Seats = [.. _seats[session.SeriesId].OrderByDescending(s => s.Seat.IsTaken).ThenBy(s => s.Seat.Id).Select(Known)],
            StaffZoomIds = _staff[session.OrganisationId].Append(session.HostZoomId).ToHashSet(),
            Matches = _matches[session.SeriesId].GroupBy(m => m.ScreenKey).ToDictionary(g => g.Key, g => g.MaxBy(m => (m.DecidedAt, m.Id))!),
        };

        private KnownSeat Known(SeatOfPerson s)
        {
            string?[] names = [s.Seat.ScreenName, s.Person?.ScreenName, s.Person?.FirstName];
            return new KnownSeat(
                s.Seat.Id, s.Seat.Kind, s.Seat.PersonId, _former[s.Seat.Id].Append(s.Seat.RegistrantId).OfType<string>().ToHashSet(), s.Seat.IsTaken,
                names.OfType<string>().Select(ScreenIdentity.Normalise).Where(n => n.Length > 0).ToHashSet());
        }
    }
}
