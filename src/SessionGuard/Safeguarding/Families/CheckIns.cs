using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Families;

/// <summary>Keeps "I am with Maya now", and that somebody went on to Zoom without a word.</summary>
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
                session.OrganisationId, now, LedgerName.Carer(carerId), FamilyActions.CheckInGiven, LedgerName.Session(session.Id),
                new { checkIn = checkIn.Id, child = checkIn.ChildId, onSeatOf = checkIn.OnSeatOfChildId }));
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Nothing is claimed by it, but staff can see that the link was used.</summary>
    public Task GoOnAsync(Session session, FamilyLink link, CancellationToken cancellation)
    {
        db.Record(new LedgerNote(
            session.OrganisationId, clock.Now(), LedgerName.Carer(link.CarerId), FamilyActions.WentOn, LedgerName.Session(session.Id), new { link = link.Id }));
        return db.SaveChangesAsync(cancellation);
    }
}
