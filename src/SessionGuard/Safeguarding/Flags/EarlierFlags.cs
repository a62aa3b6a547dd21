using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Loads what was raised of sessions before they are judged again.</summary>
internal sealed class EarlierFlags(SessionGuardDb db)
{
    /// <summary>A fixed number of queries.</summary>
    public async Task<FlagsOfBatch> ReadAsync(IReadOnlyList<Session> sessions, CancellationToken cancellation)
    {
        var ids = sessions.Select(s => s.Id).ToList();
        var own = await db.Set<Flag>().Where(f => ids.Contains(f.SessionId)).ToListAsync(cancellation);
        var accepted = await AcceptedAsync(sessions, cancellation);
        var open = own.Where(f => f.IsOpen).Select(f => f.Id).ToList();
        var said = open.Count == 0 ? [] : await db.Set<FlagEvidence>().AsNoTracking()
            .Where(e => open.Contains(e.FlagId) && e.Source == FlagEvidence.OfRule).ToListAsync(cancellation);
        return new FlagsOfBatch(
            own.ToLookup(f => f.SessionId), said.GroupBy(e => e.FlagId).ToDictionary(g => g.Key, g => g.MaxBy(e => (e.At, e.Id))!.Text), accepted);
    }

    /// <summary>By the id of the series. Asked of the flags first, few of which are accepted: a series may have thousands of sessions.</summary>
    private async Task<ILookup<Guid, Acceptance>> AcceptedAsync(IReadOnlyList<Session> sessions, CancellationToken cancellation)
    {
        var seriesIds = sessions.Select(s => s.SeriesId).Distinct().ToList();
        var schoolIds = sessions.Select(s => s.OrganisationId).Distinct().ToList();
        var earliest = DateOnly.FromDateTime(sessions.Min(s => s.Start).UtcDateTime).AddDays(-1);
        var flags = await db.Set<Flag>().AsNoTracking()
            .Where(f => schoolIds.Contains(f.OrganisationId) && f.Status == FlagStatus.Accepted && f.AcceptedUntil >= earliest)
            .Select(f => new { f.SessionId, f.Rule, f.AcceptedUntil }).ToListAsync(cancellation);
        var of = flags.Select(f => f.SessionId).Distinct().ToList();
        var seriesOf = of.Count == 0 ? [] : await db.Set<Session>().AsNoTracking().Where(s => of.Contains(s.Id) && seriesIds.Contains(s.SeriesId))
            .Select(s => new { s.Id, s.SeriesId }).ToDictionaryAsync(s => s.Id, s => s.SeriesId, cancellation);
        return flags.Where(f => seriesOf.ContainsKey(f.SessionId))
            .ToLookup(f => seriesOf[f.SessionId], f => new Acceptance(f.Rule, f.AcceptedUntil!.Value));
    }
}

internal sealed record Acceptance(string Rule, DateOnly Until);

/// <param name="Own">Tracked, by the id of the session.</param>
/// <param name="LastSaid">The last sentence of the rule itself in the evidence of each open flag, by the flag's id.</param>
/// <param name="Accepted">By the id of the series.</param>
internal sealed record FlagsOfBatch(ILookup<Guid, Flag> Own, IReadOnlyDictionary<Guid, string> LastSaid, ILookup<Guid, Acceptance> Accepted)
{
    /// <summary>Rules that the lead accepts for this class on this day.</summary>
    public IReadOnlySet<string> FindAccepted(Guid seriesId, DateOnly day) => Accepted[seriesId].Where(a => a.Until >= day).Select(a => a.Rule).ToHashSet();
}
