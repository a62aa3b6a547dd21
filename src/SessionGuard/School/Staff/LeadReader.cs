using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.School.Staff;

internal static class LeadOfOrganisation
{
    extension(KnownOrganisation organisation)
    {
        /// <summary>Whom families can talk to: the safeguarding lead now; null when the school has named none.</summary>
        public RoleHolder? Lead => organisation.Part<RoleHolder>();
    }
}

/// <summary>Reads who is the safeguarding lead of each school now.</summary>
internal sealed class LeadReader : IOrganisationParts
{
    public async Task<IReadOnlyDictionary<Guid, object>> ReadAsync(SessionGuardDb db, CancellationToken cancellation) =>
        (await db.Set<RoleHolder>().AsNoTracking().Where(h => h.Duty == Duty.Lead && h.To == null).ToListAsync(cancellation))
        .GroupBy(h => h.OrganisationId).ToDictionary(g => g.Key, object (g) => g.MaxBy(h => h.From)!);
}
