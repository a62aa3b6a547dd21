using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;

namespace SessionGuard.Benchmarks;

/// <summary>The rows that a session is judged by, read as the judge reads them, tracked by nobody and thought about by nobody.</summary>
internal static class JudgedRows
{
    public static async Task ReadAsync(SessionGuardDb db, Guid id)
    {
        var session = await Of<Session>(db).SingleAsync(s => s.Id == id);
        await Of<SettingsSnapshot>(db).Where(s => s.MeetingId == session.MeetingId).ToListAsync();
        await Of<ClassSeries>(db).Where(s => s.Id == session.SeriesId).ToListAsync();
        await ReadPresenceAsync(db, session);
        await ReadPeopleAsync(db, session);
        await ReadWordsAsync(db, id);
        var flags = await Of<Flag>(db).Where(f => f.SessionId == id).ToListAsync();
        var ids = flags.ConvertAll(f => f.Id);
        var earliest = DateOnly.FromDateTime(session.Start.UtcDateTime).AddDays(-1);
        await Of<Flag>(db).Where(f => f.OrganisationId == session.OrganisationId && f.Status == FlagStatus.Accepted && f.AcceptedUntil >= earliest)
            .Select(f => new { f.SessionId, f.Rule, f.AcceptedUntil }).ToListAsync();
        if (ids.Count > 0)
        {
            await Of<FlagEvidence>(db).Where(e => ids.Contains(e.FlagId) && e.Source == FlagEvidence.OfRule).ToListAsync();
        }

        await Of<RuleRecord>(db).Where(r => r.SessionId == id).ToListAsync();
    }

    private static async Task ReadPresenceAsync(SessionGuardDb db, Session session)
    {
        await (from of in Of<Session>(db)
               join meeting in Of<Meeting>(db) on of.MeetingId equals meeting.Id
               where of.Id == session.Id
               select new { of.Id, meeting.HostZoomId }).ToListAsync();
        await Of<MeetingInstance>(db).Where(i => i.SessionId == session.Id).OrderBy(i => i.FirstHeardAt).ToListAsync();
        var heard = await (
            from told in Of<ParticipantEvent>(db)
            join run in Of<MeetingInstance>(db) on new { told.OrganisationId, Uuid = told.InstanceUuid } equals new { run.OrganisationId, run.Uuid }
            where run.SessionId == session.Id
            select told).ToListAsync();
        var zoomIds = heard.Select(e => e.ZoomUserId).OfType<string>().Distinct().ToList();
        await (from seat in Of<Seat>(db)
               join person in Of<Person>(db) on seat.PersonId equals person.Id into persons
               from person in persons.DefaultIfEmpty()
               where seat.SeriesId == session.SeriesId
               select new { seat, person }).ToListAsync();
        await Of<ZoomHost>(db).Where(h => h.OrganisationId == session.OrganisationId && h.AccountId != null && zoomIds.Contains(h.ZoomId)).ToListAsync();
        await Of<RememberedMatch>(db).Where(m => m.SeriesId == session.SeriesId).ToListAsync();
    }

    private static async Task ReadPeopleAsync(SessionGuardDb db, Session session)
    {
        var places = await (
            from seat in Of<Seat>(db)
            join child in Of<Person>(db) on seat.PersonId equals child.Id
            where seat.SeriesId == session.SeriesId && seat.Kind == SeatKind.Child && Seat.Taken.Contains(seat.State)
            select new { seat, child }).ToListAsync();
        var children = places.ConvertAll(p => p.child.Id);
        await (from tie in Of<Carership>(db)
               join carer in Of<Person>(db) on tie.CarerId equals carer.Id
               where children.Contains(tie.ChildId) && !tie.NotAuthorised && carer.LeftAt == null
               select new { tie, carer }).ToListAsync();
        await (from meeting in Of<Meeting>(db)
               join host in Of<ZoomHost>(db) on new { meeting.OrganisationId, ZoomId = meeting.HostZoomId } equals new { host.OrganisationId, host.ZoomId }
               where meeting.Id == session.MeetingId
               select new { meeting.Id, host.Email, host.AccountId }).ToListAsync();
        await Of<SeriesTeacher>(db).Where(t => t.SeriesId == session.SeriesId).ToListAsync();
    }

    private static async Task ReadWordsAsync(SessionGuardDb db, Guid id)
    {
        await Of<Answer>(db).Where(a => a.SessionId == id).ToListAsync();
        await (from checkIn in Of<CheckIn>(db)
               join carer in Of<Person>(db) on checkIn.CarerId equals carer.Id
               where checkIn.SessionId == id
               select new { checkIn, carer.Email }).ToListAsync();
        await Of<Attestation>(db).Where(a => a.SessionId == id).ToListAsync();
        await (from ask in Of<Ask>(db)
               join mail in Of<OutboxMessage>(db) on ask.MailId equals mail.Id
               where ask.SessionId == id && mail.State == OutboxState.Failed
               select new { ask.SessionId, ask.CarerId }).ToListAsync();
    }

    private static IQueryable<T> Of<T>(SessionGuardDb db)
        where T : class => db.Set<T>().AsNoTracking();
}
