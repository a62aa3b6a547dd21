using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Classes.Sessions;

/// <summary>What one piece of evidence tells of a host. Null: it does not say.</summary>
internal sealed record HostFacts(string ZoomId, string? Email, string? Name = null);

/// <summary>Keeps who Zoom's hosts are, and which of our accounts is the same person.</summary>
internal sealed class Hosts(SessionGuardDb db)
{
    /// <summary>Takes note of hosts as events or Zoom's list named them. The caller saves.</summary>
    public async Task MeetAsync(Guid organisationId, IEnumerable<HostFacts> met, DateTimeOffset at, CancellationToken cancellation)
    {
        var named = met.GroupBy(m => m.ZoomId).ToDictionary(g => g.Key, g => g.MaxBy(m => (m.Email is not null, m.Name is not null))!);
        var known = await db.Set<ZoomHost>().TagWith(PreparedStatements.Often).Where(h => h.OrganisationId == organisationId && named.Keys.Contains(h.ZoomId))
            .ToDictionaryAsync(h => h.ZoomId, cancellation);
        foreach (var (zoomId, facts) in named)
        {
            if (!known.TryGetValue(zoomId, out var host))
            {
                host = new ZoomHost { Id = Guid.CreateVersion7(at), OrganisationId = organisationId, ZoomId = zoomId };
                known.Add(zoomId, host);
                db.Add(host);
            }

            host.Email = facts.Email ?? host.Email;
            host.Name = facts.Name ?? host.Name;
        }

        await RecogniseAsync(organisationId, known.Values, cancellation);
    }

    /// <summary>The address is what Zoom and we both know of a teacher.</summary>
    private async Task RecogniseAsync(Guid organisationId, IEnumerable<ZoomHost> hosts, CancellationToken cancellation)
    {
        var strangers = hosts.Where(h => h is { AccountId: null, Email: not null }).ToLookup(h => StaffAccounts.Normalize(h.Email!));
        var accounts = strangers.Count == 0 ? [] : await db.AccountsAt(strangers.Select(s => s.Key))
            .Where(a => a.OrganisationId == organisationId).ToListAsync(cancellation);
        foreach (var account in accounts)
        {
            foreach (var host in strangers[account.NormalizedEmail!])
            {
                host.AccountId = account.Id;
            }
        }
    }
}
