using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Classes.Sessions;

/// <summary>
/// Classes that were planned and whose meeting or date was deleted in Zoom. One that is off and one that is held where nobody looks are
/// the same from here: somebody must know.
/// </summary>
internal sealed class CalledOffClasses(SessionGuardDb db)
{
    private const int Most = 50;

    /// <summary>Planned anew within this time, a date was moved and not called off.</summary>
    private static readonly TimeSpan Moved = TimeSpan.FromDays(1);

    /// <summary>The earliest first, of those that would have begun from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public async Task<IReadOnlyList<Session>> GetCalledOffAsync(Guid organisationId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var off = await db.Set<Session>().AsNoTracking()
            .Where(s => s.OrganisationId == organisationId && s.Start >= from && s.Start < to && s.Planned && s.Status == SessionStatus.Cancelled)
            .OrderBy(s => s.Start).Take(Most).ToListAsync(cancellation);
        var series = off.Select(s => s.SeriesId).Distinct().ToList();
        var (earliest, latest) = (from - Moved, to + Moved);
        var on = series.Count == 0 ? [] : await db.Set<Session>().AsNoTracking()
            .Where(s => series.Contains(s.SeriesId) && s.Start >= earliest && s.Start < latest && s.Status != SessionStatus.Cancelled)
            .Select(s => new { s.SeriesId, s.Start }).ToListAsync(cancellation);
        return off.FindAll(s => !on.Exists(o => o.SeriesId == s.SeriesId && (o.Start - s.Start).Duration() < Moved));
    }
}
