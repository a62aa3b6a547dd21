using Microsoft.EntityFrameworkCore;
using SessionGuard.Storage;

namespace SessionGuard.Presence;

/// <summary>Who was in which runs when, for those who show it.</summary>
internal sealed class Stays(SessionGuardDb db)
{
    /// <param name="runs">Zoom's instance ids, and when each instance ended; null while it runs.</param>
    public async Task<ILookup<string, Stay>> OfAsync(IReadOnlyDictionary<string, DateTimeOffset?> runs, CancellationToken cancellation)
    {
        var uuids = runs.Keys.ToList();
        var events = await db.Set<ParticipantEvent>().AsNoTracking().Where(e => uuids.Contains(e.InstanceUuid)).ToListAsync(cancellation);
        return events.GroupBy(e => e.InstanceUuid, StringComparer.Ordinal)
            .SelectMany(run => StayTimeline.Of(run, runs[run.Key]).Select(stay => (run.Key, stay)))
            .ToLookup(s => s.Key, s => s.stay, StringComparer.Ordinal);
    }
}
