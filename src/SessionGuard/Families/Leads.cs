using Microsoft.EntityFrameworkCore;
using SessionGuard.Organisations;
using SessionGuard.Storage;

namespace SessionGuard.Families;

/// <summary>Whom a family can talk to.</summary>
internal sealed class Leads(SessionGuardDb db)
{
    /// <summary>The school's safeguarding lead now; null when it has named none.</summary>
    public Task<RoleHolder?> OfAsync(Guid organisationId, CancellationToken cancellation) =>
        db.Set<RoleHolder>().IgnoreQueryFilters().AsNoTracking()
            .Where(h => h.OrganisationId == organisationId && h.Duty == Duty.Lead && h.To == null)
            .OrderByDescending(h => h.From).FirstOrDefaultAsync(cancellation);

    /// <summary>"Questions? Ring Robin Lead on 01632 960 001."</summary>
    public static string Sentence(RoleHolder? lead, string school) => lead switch
    {
        null => $"Questions? Ask {school}.",
        { Phone: null } => $"Questions? Ask {lead.Name} at {school}.",
        _ => $"Questions? Ring {lead.Name} on {lead.Phone}.",
    };
}
