using Microsoft.EntityFrameworkCore;
using SessionGuard.Accounts;
using SessionGuard.Storage;

namespace SessionGuard.Sessions;

/// <summary>Keeps who Zoom's hosts are, and which of our accounts is the same person.</summary>
internal sealed class Hosts(SessionGuardDb db)
{
    /// <summary>Takes note of hosts as an event or Zoom's list named them. An unknown part is null.</summary>
    public async Task MeetAsync(
        Guid organisationId, IReadOnlyCollection<(string? ZoomId, string? Email)> met, DateTimeOffset at, CancellationToken cancellation)
    {
        var named = met.Where(m => m.ZoomId is not null).GroupBy(m => m.ZoomId!)
            .ToDictionary(g => g.Key, g => g.Select(m => m.Email).FirstOrDefault(e => e is not null));
        var known = await db.Set<Host>().Where(h => h.OrganisationId == organisationId && named.Keys.Contains(h.ZoomId))
            .ToDictionaryAsync(h => h.ZoomId, cancellation);
        foreach (var (zoomId, email) in named)
        {
            if (!known.TryGetValue(zoomId, out var host))
            {
                host = new Host { Id = Guid.CreateVersion7(at), OrganisationId = organisationId, ZoomId = zoomId };
                db.Add(host);
            }

            if (email is not null && host.Email != email)
            {
                host.Email = email;
                host.AccountId = await AccountAtAsync(organisationId, email, cancellation);
            }
        }
    }

    private async Task<Guid?> AccountAtAsync(Guid organisationId, string email, CancellationToken cancellation)
    {
        var normalized = StaffAccounts.Normalize(email);
        return await db.Users.Where(a => a.OrganisationId == organisationId && a.NormalizedEmail == normalized)
            .Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellation);
    }
}
