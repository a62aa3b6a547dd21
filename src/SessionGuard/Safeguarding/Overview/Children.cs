using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;

namespace SessionGuard.Safeguarding.Overview;

/// <summary>The children of classes with what their adults said, in a fixed number of queries.</summary>
internal sealed class Children(SessionGuardDb db, Rosters rosters)
{
    /// <returns>By the id of the session, in the order of first names.</returns>
    public async Task<ILookup<Guid, ChildRow>> GetRowsAsync(IReadOnlyCollection<Session> sessions, CancellationToken cancellation)
    {
        var ids = sessions.Select(s => s.Id).ToList();
        var places = await rosters.GetPlacesAsync([.. sessions.Select(s => s.SeriesId).Distinct()], cancellation);
        var answers = (await db.Set<Answer>().AsNoTracking().Where(a => ids.Contains(a.SessionId)).ToListAsync(cancellation)).ToLookup(a => (a.SessionId, a.ChildId));
        var here = (await db.Set<CheckIn>().AsNoTracking().Where(c => ids.Contains(c.SessionId)).ToListAsync(cancellation)).ToLookup(c => (c.SessionId, c.ChildId));
        var seen = (await db.Set<Attestation>().AsNoTracking().Where(a => ids.Contains(a.SessionId)).ToListAsync(cancellation)).ToLookup(a => (a.SessionId, a.ChildId));
        var asked = (await db.Set<Ask>().AsNoTracking().Where(a => ids.Contains(a.SessionId) && a.State == AskState.Sent)
            .Select(a => new { a.SessionId, a.TimeVersion, a.CarerId }).ToListAsync(cancellation)).ToHashSet();
        return (
            from session in sessions
            from place in places[session.SeriesId]
            let key = (session.Id, place.Child.Id)
            select (session.Id, Row: new ChildRow(
                place,
                StandingAnswer.FindStanding(answers[key], session.TimeVersion),
                here[key].MaxBy(c => c.At),
                seen[key].MaxBy(a => a.At),
                place.Adults.Any(adult => asked.Contains(new { SessionId = session.Id, session.TimeVersion, CarerId = adult.Carer.Id })))))
            .ToLookup(r => r.Id, r => r.Row);
    }
}
