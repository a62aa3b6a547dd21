using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;

namespace SessionGuard.Platform.Telemetry;

/// <summary>Does anybody look at what was flagged?</summary>
internal static class FlagFigures
{
    public static async Task<IReadOnlyList<Figure>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var schools = await db.Set<Organisation>().Select(o => o.Id).ToListAsync(cancellation); // what the index begins with
        var waiting = db.Set<Flag>().IgnoreQueryFilters()
            .Where(f => schools.Contains(f.OrganisationId) && Flag.WithLead.Contains(f.Status));
        var counts = await waiting.GroupBy(f => f.Severity).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var oldest = await waiting.Where(f => f.Severity == Severity.Critical)
            .OrderBy(f => f.RaisedAt).Select(f => (DateTimeOffset?)f.RaisedAt).FirstOrDefaultAsync(cancellation);
        return
        [
            new(
                "sessionguard_flags_open", "Flags that wait for the lead, by severity.",
                [.. Enum.GetValues<Severity>().Select(s => new FigureValue(counts.GetValueOrDefault(s), "severity", $"{s}".ToLowerInvariant()))]),
            new("sessionguard_flags_critical_oldest_age_seconds", "How long the oldest critical one has waited; 0 when none does.", now.SecondsSince(oldest)),
        ];
    }
}
