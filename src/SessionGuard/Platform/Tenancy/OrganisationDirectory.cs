using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Tenancy;

/// <summary>An organisation as every area may know it. What an area adds, such as its connection to Zoom, is a part of it.</summary>
internal sealed record KnownOrganisation(Guid Id, string Slug, string Name, TimeZoneInfo TimeZone)
{
    /// <summary>What the <see cref="IOrganisationParts"/> read of it.</summary>
    public IReadOnlyList<object> Parts { get; init; } = [];

    /// <summary>Null: this organisation has no such part.</summary>
    public TPart? Part<TPart>()
        where TPart : class
    {
        foreach (var part in Parts)
        {
            if (part is TPart found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>
/// Every organisation, held in memory: while the database is down the endpoint must know a secret, and a family whom to ring. Read again after each change here,
/// and every minute for changes made on another node.
/// </summary>
internal sealed class OrganisationDirectory(IServiceScopeFactory scopes, IEnumerable<IOrganisationParts> parts)
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
        var read = new List<IReadOnlyDictionary<Guid, object>>();
        foreach (var source in parts)
        {
            read.Add(await source.ReadAsync(db, cancellation));
        }

        _snapshot = new Snapshot(organisations.Select(o => new KnownOrganisation(o.Id, o.Slug, o.Name, TimeZoneInfo.FindSystemTimeZoneById(o.TimeZone))
        {
            Parts = [.. read.Select(r => r.GetValueOrDefault(o.Id)).OfType<object>()],
        }));
    }

    private sealed class Snapshot(IEnumerable<KnownOrganisation> organisations)
    {
        public static readonly Snapshot Empty = new([]);

        public FrozenDictionary<string, KnownOrganisation> BySlug { get; } = organisations.ToFrozenDictionary(o => o.Slug, StringComparer.Ordinal);

        public FrozenDictionary<Guid, KnownOrganisation> ById => field ??= BySlug.Values.ToFrozenDictionary(o => o.Id);
    }
}
