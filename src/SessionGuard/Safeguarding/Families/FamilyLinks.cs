using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Families;

/// <summary>Finds a carer's link for one thing, or makes it. The caller saves.</summary>
internal sealed class FamilyLinks(SessionGuardDb db, LinkCodes codes, IOptions<ServiceOptions> service, TimeProvider clock)
{
    /// <summary>Where this carer answers for this session.</summary>
    public Task<FamilyLink> ToConfirmAsync(Person carer, Session session, CancellationToken cancellation) =>
        FindOrMakeAsync(carer, LinkPurpose.Confirm, session.Id, null, cancellation);

    /// <summary>Where this carer joins every session of this class.</summary>
    public Task<FamilyLink> ToJoinAsync(Person carer, Guid seriesId, CancellationToken cancellation) =>
        FindOrMakeAsync(carer, LinkPurpose.Join, null, seriesId, cancellation);

    /// <summary>Where this carer stops reminders, and starts them again.</summary>
    public Task<FamilyLink> ToStopRemindersAsync(Person carer, CancellationToken cancellation) =>
        FindOrMakeAsync(carer, LinkPurpose.Reminders, null, null, cancellation);

    /// <summary>The carer's address for joining the class if they have been given one; nothing is made.</summary>
    public async Task<Uri?> KnownJoinAddressAsync(Guid carerId, Guid seriesId, CancellationToken cancellation) =>
        await Current(carerId, LinkPurpose.Join, null, seriesId).AsNoTracking().FirstOrDefaultAsync(cancellation) is { } link ? GetAddress(link) : null;

    /// <summary>The link as it stands in a mail or on a page.</summary>
    public Uri GetAddress(FamilyLink link)
    {
        var way = link.Purpose switch { LinkPurpose.Confirm => "c", LinkPurpose.Join => "j", LinkPurpose.Reminders => "u" };
        return new Uri($"{service.Value.PublicUrl.TrimEnd('/')}/{way}/{GetCode(link.Purpose, link.Id)}");
    }

    /// <summary>
    /// Somebody who reads the carer's mail said that it is not for them: all their links open nothing from now on, and no mail goes to
    /// that address any more.
    /// </summary>
    public async Task DisownAsync(Person carer, CancellationToken cancellation)
    {
        var now = clock.Now();
        foreach (var link in await db.Set<FamilyLink>().Where(l => l.CarerId == carer.Id && l.CancelledAt == null).ToListAsync(cancellation))
        {
            link.CancelledAt = now;
            Note(FamilyActions.LinkCancelled, LedgerName.Link(link.Id), new { carer = carer.Id, purpose = link.Purpose.ToString(), link.SessionId, link.SeriesId });
        }

        carer.DisownedEmail = carer.Email;
        Note(FamilyActions.AddressDisowned, LedgerName.Person(carer.Id), new { });
        void Note(LedgerAction action, string subject, object data) =>
            db.Record(new LedgerNote(carer.OrganisationId, now, LedgerName.Carer(carer.Id), action, subject, data));
    }

    /// <summary>The code in the link's address.</summary>
    public string GetCode(LinkPurpose purpose, Guid linkId) => codes.GetCode(LinkCodes.OfCarer, $"{purpose}:{linkId}");

    private async Task<FamilyLink> FindOrMakeAsync(Person carer, LinkPurpose purpose, Guid? sessionId, Guid? seriesId, CancellationToken cancellation)
    {
        if (await Current(carer.Id, purpose, sessionId, seriesId).FirstOrDefaultAsync(cancellation) is { } known)
        {
            return known;
        }

        var now = clock.Now();
        var id = Guid.CreateVersion7(now);
        var made = new FamilyLink
        {
            Id = id,
            OrganisationId = carer.OrganisationId,
            Purpose = purpose,
            CarerId = carer.Id,
            SessionId = sessionId,
            SeriesId = seriesId,
            CodeHash = LinkCodes.GetHash(GetCode(purpose, id)),
            CreatedAt = now,
        };
        db.Add(made);
        return made;
    }

    private IQueryable<FamilyLink> Current(Guid carerId, LinkPurpose purpose, Guid? sessionId, Guid? seriesId) => db.Set<FamilyLink>()
        .Where(l => l.CarerId == carerId && l.Purpose == purpose && l.SessionId == sessionId && l.SeriesId == seriesId && l.CancelledAt == null)
        .OrderByDescending(l => l.Id);
}
