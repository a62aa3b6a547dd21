using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Does anybody look at what was flagged?</summary>
internal sealed class FlagFigures : IFigureSource
{
    private static readonly Figure Open = new("sessionguard.flags.open", "Flags that wait for the lead, by severity.");
    private static readonly Figure CriticalOldestAge =
        new("sessionguard.flags.critical_oldest_age", "How long the oldest critical one has waited; 0 when none does.", Figure.Seconds);

    public IReadOnlyList<Figure> Figures => [Open, CriticalOldestAge];

    public async Task<IReadOnlyList<FigureValue>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var schools = await db.Set<Organisation>().Select(o => o.Id).ToListAsync(cancellation); // what the index begins with
        var waiting = db.Set<Flag>().IgnoreQueryFilters()
            .Where(f => schools.Contains(f.OrganisationId) && Flag.WithLead.Contains(f.Status));
        var counts = await waiting.GroupBy(f => f.Severity).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var oldest = await waiting.Where(f => f.Severity == Severity.Critical)
            .OrderBy(f => f.RaisedAt).Select(f => (DateTimeOffset?)f.RaisedAt).FirstOrDefaultAsync(cancellation);
        return
        [
            .. Enum.GetValues<Severity>().Select(s => Open.Is(counts.GetValueOrDefault(s), "severity", $"{s}".ToLowerInvariant())),
            CriticalOldestAge.Is(now.SecondsSince(oldest)),
        ];
    }
}
