using SessionGuard.Ledger;
using SessionGuard.Storage;

namespace SessionGuard.Families;

/// <summary>Keeps "I am with Maya now".</summary>
internal sealed class CheckIns(SessionGuardDb db, TimeProvider clock)
{
    /// <param name="with">Those who share this screen. The device joins by the first one's seat.</param>
    public async Task GiveAsync(FamilyClass own, Guid carerId, IReadOnlyList<OwnPlace> with, CancellationToken cancellation)
    {
        var (session, now) = (own.Session, clock.Now());
        foreach (var place in with)
        {
            var checkIn = new CheckIn
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = session.OrganisationId,
                SessionId = session.Id,
                ChildId = place.Child.Id,
                CarerId = carerId,
                OnSeatOfChildId = with[0].Child.Id,
                At = now,
            };
            db.Add(checkIn);
            db.Record(new LedgerNote(
                session.OrganisationId, now, $"carer:{carerId}", "check-in.given", $"session:{session.Id}",
                new { checkIn = checkIn.Id, child = checkIn.ChildId, onSeatOf = checkIn.OnSeatOfChildId }));
        }

        await db.SaveChangesAsync(cancellation);
    }
}
