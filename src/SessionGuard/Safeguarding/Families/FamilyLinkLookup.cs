using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Families;

/// <summary>Who came in by a family's link. They see their own children and nobody else's.</summary>
/// <param name="Carer">Or an adult student, who has such links of their own.</param>
internal sealed record FamilyVisit(FamilyLink Link, KnownOrganisation School, Person Carer);

/// <summary>Opens families' links. From then on the request sees only the rows of the link's school.</summary>
internal sealed class FamilyLinkLookup(SessionGuardDb db, OrganisationScope scope, OrganisationDirectory directory)
{
    private static readonly CompiledQuery<Func<SessionGuardDb, byte[], LinkPurpose, CancellationToken, Task<Found?>>> Find = new(() => EF.CompileAsyncQuery(
        (SessionGuardDb db, byte[] hash, LinkPurpose purpose, CancellationToken _) => (
            from link in db.Set<FamilyLink>().IgnoreQueryFilters().TagWith(PreparedStatements.Often)
            join carer in db.Set<Person>() on new { Id = link.CarerId, link.OrganisationId } equals new { carer.Id, carer.OrganisationId }
            where link.CodeHash == hash && link.Purpose == purpose && link.CancelledAt == null && carer.LeftAt == null
            select new Found(link, carer)).SingleOrDefault()));

    /// <returns>Null for a code that nobody gave out, one for something else, a cancelled one, and one whose carer has left: they all look alike.</returns>
    public async Task<FamilyVisit?> OpenAsync(string code, LinkPurpose purpose, CancellationToken cancellation)
    {
        var found = await Find.On(db)(db, LinkCodes.GetHash(code), purpose, cancellation);
        if (found is null || directory.ById(found.Link.OrganisationId) is not { } school)
        {
            return null;
        }

        scope.Narrow(school.Id);
        return new FamilyVisit(found.Link, school, found.Carer);
    }

    private sealed record Found(FamilyLink Link, Person Carer);
}
