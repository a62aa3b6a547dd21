using System.Collections.Frozen;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Platform.Tenancy;

/// <summary>An organisation with its Zoom credentials opened. Null <paramref name="Zoom"/>: not connected yet.</summary>
internal sealed record KnownOrganisation(Guid Id, string Slug, string Name, TimeZoneInfo TimeZone, ZoomCredentials? Zoom)
{
    /// <summary>Whom families can talk to: the safeguarding lead now; null when the school has named none.</summary>
    public RoleHolder? Lead { get; init; }
}

/// <param name="WebhookSecrets">UTF-8 bytes of the current secret, and after it of the previous one during a rotation.</param>
internal sealed record ZoomCredentials(string AccountId, string ClientId, string ClientSecret, IReadOnlyList<byte[]> WebhookSecrets);

/// <summary>
/// Every organisation, held in memory: while the database is down the door must know a secret, and a family whom to ring. Read again after each change here,
/// and every minute for changes made on another node.
/// </summary>
internal sealed class OrganisationDirectory(IServiceScopeFactory scopes, SecretBox box)
{
    private Snapshot _snapshot = Snapshot.Empty;

    public IReadOnlyCollection<KnownOrganisation> All => _snapshot.BySlug.Values;

    public KnownOrganisation? BySlug(string slug) => _snapshot.BySlug.GetValueOrDefault(slug);

    public KnownOrganisation? ById(Guid id) => _snapshot.ById.GetValueOrDefault(id);

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var organisations = await db.Set<Organisation>().AsNoTracking().ToListAsync(cancellation);
        var connections = await db.Set<ZoomConnection>().AsNoTracking().ToDictionaryAsync(c => c.OrganisationId, cancellation);
        var leads = (await db.Set<RoleHolder>().AsNoTracking().Where(h => h.Duty == Duty.Lead && h.To == null).ToListAsync(cancellation))
            .OrderByDescending(h => h.From).ToLookup(h => h.OrganisationId);
        _snapshot = new Snapshot(organisations.Select(o => new KnownOrganisation(
            o.Id, o.Slug, o.Name, TimeZoneInfo.FindSystemTimeZoneById(o.TimeZone), Open(connections.GetValueOrDefault(o.Id)))
        {
            Lead = leads[o.Id].FirstOrDefault(),
        }));
    }

    private ZoomCredentials? Open(ZoomConnection? connection)
    {
        if (connection is null)
        {
            return null;
        }

        string?[] secrets = [connection.SealedWebhookSecret, connection.SealedPreviousWebhookSecret];
        return new ZoomCredentials(connection.AccountId, connection.ClientId, box.Open(connection.SealedClientSecret),
            [.. secrets.OfType<string>().Select(s => Encoding.UTF8.GetBytes(box.Open(s)))]);
    }

    private sealed class Snapshot(IEnumerable<KnownOrganisation> organisations)
    {
        public static readonly Snapshot Empty = new([]);

        public FrozenDictionary<string, KnownOrganisation> BySlug { get; } = organisations.ToFrozenDictionary(o => o.Slug, StringComparer.Ordinal);

        public FrozenDictionary<Guid, KnownOrganisation> ById => field ??= BySlug.Values.ToFrozenDictionary(o => o.Id);
    }
}
