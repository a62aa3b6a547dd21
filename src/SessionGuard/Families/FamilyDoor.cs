using Microsoft.EntityFrameworkCore;
using SessionGuard.Organisations;
using SessionGuard.People;
using SessionGuard.Security;
using SessionGuard.Storage;

namespace SessionGuard.Families;

/// <summary>Who came in by a family's link. They see their own children and nobody else's.</summary>
internal sealed record FamilyVisit(FamilyLink Link, KnownOrganisation School, Person Carer);

/// <summary>Opens families' links. From then on the request sees only the rows of the link's school.</summary>
internal sealed class FamilyDoor(SessionGuardDb db, OrganisationScope scope, OrganisationDirectory directory)
{
    /// <returns>Null for a code that nobody gave out, one for something else, a cancelled one, and one whose carer has left: they all look alike.</returns>
    public async Task<FamilyVisit?> OpenAsync(string code, LinkPurpose purpose, CancellationToken cancellation)
    {
        var hash = LinkCodes.HashOf(code);
        var link = await db.Set<FamilyLink>().IgnoreQueryFilters().AsNoTracking()
            .SingleOrDefaultAsync(l => l.CodeHash == hash && l.Purpose == purpose && l.CancelledAt == null, cancellation);
        if (link is null || directory.ById(link.OrganisationId) is not { } school)
        {
            return null;
        }

        scope.Narrow(school.Id);
        var carer = await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == link.CarerId && p.LeftAt == null, cancellation);
        return carer is null ? null : new FamilyVisit(link, school, carer);
    }
}
