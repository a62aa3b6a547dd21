using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>The teacher says whether they saw or heard a child's adult.</summary>
internal sealed class AttestAdult(SessionGuardDb db, Viewer viewer, TimeProvider clock)
{
    /// <returns>False: there is no such session for this viewer, or the child has no place in it.</returns>
    public async Task<bool> HandleAsync(Guid sessionId, Guid childId, AttestedFact fact, CancellationToken cancellation)
    {
        var session = await db.SeenBy(viewer).AsNoTracking().FirstOrDefaultAsync(s => s.Id == sessionId, cancellation);
        if (session is null || viewer.Role is Role.Admin || !await db.Set<Seat>().AnyAsync(
            s => s.SeriesId == session.SeriesId && s.Kind == SeatKind.Child && s.PersonId == childId, cancellation))
        {
            return false;
        }

        var now = clock.Now();
        await db.InTransactionAsync(async () =>
        {
            db.Add(new Attestation
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = session.OrganisationId,
                SessionId = sessionId,
                ChildId = childId,
                Fact = fact,
                AttestedBy = viewer.AccountId,
                At = now,
            });
            db.Record(new LedgerNote(
                session.OrganisationId, now, Actor.FromViewer(viewer).Name, PresenceActions.AdultAttested, LedgerName.Session(sessionId), new { childId, Fact = fact.ToString() }));
            await db.SaveChangesAsync(cancellation);
            return await db.JudgeSoonAsync([sessionId], now, cancellation);
        }, cancellation);
        return true;
    }
}
