using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>
/// Puts together all that is known of a batch of sessions, in a fixed number of queries for any number of them. Each part is read by the
/// feature whose rows it is in.
/// </summary>
internal sealed class EvidenceReader(
    SessionGuardDb db, ClassEvidence classes, SeatEvidence seats, FamilyEvidence families, AskEvidence asks, PresenceEvidence presence,
    ClassStaffReader staff, EarlierFlags earlier, OrganisationDirectory schools)
{
    public async Task<IReadOnlyList<SessionFile>> ReadAsync(IReadOnlyList<Session> sessions, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = sessions.Select(s => s.Id).ToList();
        var parts = new Parts(
            await classes.ReadAsync(sessions, now, cancellation),
            await seats.ReadAsync(sessions, cancellation),
            await families.ReadAsync(ids, cancellation),
            await asks.ReadAsync(ids, cancellation),
            await presence.ReadAsync(ids, cancellation));
        var teachers = await staff.ReadStaffAsync(sessions, cancellation);
        var flags = await earlier.ReadAsync(sessions, cancellation);
        var records = (await db.Set<RuleRecord>().Where(r => ids.Contains(r.SessionId)).ToListAsync(cancellation)).ToLookup(r => r.SessionId);
        return
        [
            .. sessions.Select(session =>
            {
                var day = GetDay(session);
                return new SessionFile
                {
                    Session = session,
                    Evidence = parts.Describe(session, day, teachers[session.Id]),
                    Records = [.. records[session.Id]],
                    Flags = [.. flags.Own[session.Id]],
                    LastSaid = flags.LastSaid,
                    Accepted = flags.FindAccepted(session.SeriesId, day),
                    Staff = teachers[session.Id],
                };
            }),
        ];
    }

    private DateOnly GetDay(Session session) =>
        new LocalTime(schools.ById(session.OrganisationId)?.TimeZone ?? TimeZoneInfo.Utc, session.Start).GetDay(session.Start);

    private sealed record Parts(
        ClassesAsEvidence Classes, SeatsAsEvidence Seats, FamiliesAsEvidence Families, AsksAsEvidence Asks, PresenceAsEvidence Presence)
    {
        /// <param name="day">The day of the class, where the school is.</param>
        public SessionEvidence Describe(Session session, DateOnly day, ClassStaff teachers) => Presence.AddTo(Classes.DescribeClass(session), session.Id) with
        {
            Children = [.. Seats.FindPlaces(session).Select(place => DescribeChild(session, day, place))],
            CheckIns = Families.DescribeCheckIns(session, teachers.Keys),
        };

        private ChildEvidence DescribeChild(Session session, DateOnly day, Place place) => SeatsAsEvidence.DescribeChild(place, day) with
        {
            Promise = Families.FindPromise(session, place.Child.Id, Asks.CouldAsk(session.Id, place)),
            Sighting = Presence.FindSighting(session.Id, place.Child.Id),
        };
    }
}
