using Microsoft.EntityFrameworkCore;
using SessionGuard.Jobs;
using SessionGuard.Storage;

namespace SessionGuard.Seats;

/// <summary>Gets each due seat its own link in Zoom, or has it ended there; class by class.</summary>
internal sealed class ProvideSeatsJob(IServiceScopeFactory scopes, SessionGuardDb db, TimeProvider clock) : ICallsZoom, IBacklog
{
    /// <summary>Few: Zoom answers writes to one host side by side with "too many".</summary>
    private const int SideBySide = 4;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await WantAgainAsync(cancellation);
        await RefreshAsync(cancellation);
        var due = await Due().GroupBy(s => s.SeriesId).Select(g => new { Series = g.Key, Since = g.Min(s => s.DueAt) })
            .OrderBy(g => g.Since).Select(g => g.Series).Take(500).ToListAsync(cancellation);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation }, ProvideAsync);
    }

    public Task<int> CountAsync(CancellationToken cancellation) => Due().CountAsync(cancellation);

    private IQueryable<Seat> Due()
    {
        var now = clock.Now();
        return db.Set<Seat>().Where(s => s.DueAt <= now && (s.LeasedUntil == null || s.LeasedUntil <= now));
    }

    private async ValueTask ProvideAsync(Guid seriesId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        await scope.ServiceProvider.GetRequiredService<ProvideSeats>().RunAsync(seriesId, cancellation);
    }

    /// <summary>A class that goes on in another meeting needs new links; one that got its first date can have links now.</summary>
    private async Task WantAgainAsync(CancellationToken cancellation)
    {
        var ahead = ProvideSeats.MeetingsAhead(db);
        var stranded = await db.Set<Seat>()
            .Where(s => (s.State == SeatState.Wanted && s.DueAt == null)
                || ((s.State == SeatState.Linked || s.State == SeatState.Shared) && !ahead.Any(m => m.Id == s.MeetingId)))
            .Where(s => ahead.Any(m => m.SeriesId == s.SeriesId))
            .OrderBy(s => s.Id).Select(s => s.Id).Take(1000).ToListAsync(cancellation);
        if (stranded.Count == 0)
        {
            return;
        }

        var now = clock.Now();
        await db.InTransactionAsync(
            () => db.Set<Seat>().Where(s => stranded.Contains(s.Id) && (s.State == SeatState.Wanted || s.State == SeatState.Linked || s.State == SeatState.Shared))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.State, SeatState.Wanted)
                        .SetProperty(s => s.SealedLink, (string?)null)
                        .SetProperty(s => s.SealedPhonePin, (string?)null)
                        .SetProperty(s => s.DueAt, now)
                        .SetProperty(s => s.Failures, 0)
                        .SetProperty(s => s.Version, s => s.Version + 1),
                    cancellation),
            cancellation);
    }

    /// <summary>A link carries the passcode: where that has changed, by a repair of ours or by somebody's hand, it is taken anew.</summary>
    private async Task RefreshAsync(CancellationToken cancellation)
    {
        var stale = await (
            from seat in db.Set<Seat>()
            join meeting in ProvideSeats.MeetingsAhead(db) on seat.MeetingId equals meeting.Id
            where seat.State == SeatState.Linked && seat.DueAt == null && meeting.PasscodeMark != null && seat.PasscodeMark != meeting.PasscodeMark
            orderby seat.Id
            select seat.Id).Take(1000).ToListAsync(cancellation);
        if (stale.Count > 0)
        {
            var now = clock.Now();
            await db.InTransactionAsync(
                () => db.Set<Seat>().Where(s => stale.Contains(s.Id) && s.State == SeatState.Linked && s.DueAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, now).SetProperty(s => s.Version, s => s.Version + 1), cancellation),
                cancellation);
        }
    }
}
