using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Retention;

/// <summary>Places and lifts holds. The ledger has the fact; the reason stands with the hold.</summary>
internal sealed class Holds(SessionGuardDb db, TimeProvider clock)
{
    /// <summary>How far around a held session its deliveries are kept: Zoom tells of a class before it begins and after it ended.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromDays(1);

    /// <returns>False: there is no such session.</returns>
    public async Task<bool> HoldSessionAsync(Guid sessionId, string reason, CancellationToken cancellation)
    {
        var session = await db.Set<Session>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == sessionId, cancellation);
        if (session is null)
        {
            return false;
        }

        Add(session.OrganisationId, session, reason);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    public Task<int> HoldSchoolAsync(Guid school, string reason, CancellationToken cancellation)
    {
        Add(school, session: null, reason);
        return db.SaveChangesAsync(cancellation);
    }

    /// <param name="sessionId">Null: the hold of the whole school.</param>
    /// <param name="school">Null: whichever school the session is of.</param>
    /// <returns>False: nothing of it was held.</returns>
    public async Task<bool> LiftAsync(Guid? school, Guid? sessionId, CancellationToken cancellation)
    {
        var standing = await db.Set<RetentionHold>()
            .Where(h => h.LiftedAt == null && h.SessionId == sessionId && (school == null || h.OrganisationId == school)).ToListAsync(cancellation);
        var now = clock.Now();
        foreach (var hold in standing)
        {
            hold.LiftedAt = now;
            Note(hold, now, "retention.lifted");
        }

        await db.SaveChangesAsync(cancellation);
        return standing.Count > 0;
    }

    private void Add(Guid school, Session? session, string reason)
    {
        var now = clock.Now();
        var hold = new RetentionHold
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = school,
            SessionId = session?.Id,
            Reason = reason,
            DeliveriesFrom = session?.Start - Around,
            DeliveriesUntil = session?.End + Around,
            PlacedAt = now,
        };
        db.Add(hold);
        Note(hold, now, "retention.held");
    }

    private void Note(RetentionHold hold, DateTimeOffset now, string action) => db.Record(new LedgerNote(
        hold.OrganisationId, now, LedgerName.Operator, action, hold.SessionId is { } session ? LedgerName.Session(session) : LedgerName.Organisation(hold.OrganisationId),
        new { hold.Id }));
}
