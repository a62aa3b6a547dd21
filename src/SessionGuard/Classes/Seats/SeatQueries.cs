using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Classes.Seats;

/// <summary>The places in the classes of the scope's school. Whether the viewer may see the class is for the caller to ask first.</summary>
internal sealed class SeatQueries(SessionGuardDb db)
{
    /// <summary>In the order in which they were given, those given up included.</summary>
    public async Task<Page<Seat>> ListAsync(Guid seriesId, Guid? after, int limit, CancellationToken cancellation)
    {
        var seats = await db.Set<Seat>().AsNoTracking()
            .Where(s => s.SeriesId == seriesId && (after == null || s.Id.CompareTo(after.Value) > 0))
            .OrderBy(s => s.Id).Take(limit + 1).ToListAsync(cancellation);
        return seats.ToPage(limit, s => s.Id.ToString());
    }

    public Task<Seat?> FindAsync(Guid id, CancellationToken cancellation) =>
        db.Set<Seat>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation);

    /// <summary>The classes in which a person has a place.</summary>
    public Task<List<Guid>> SeriesOfAsync(Guid personId, CancellationToken cancellation) =>
        db.Set<Seat>().Where(s => s.PersonId == personId && Seat.Taken.Contains(s.State))
            .Select(s => s.SeriesId).Distinct().ToListAsync(cancellation);
}
