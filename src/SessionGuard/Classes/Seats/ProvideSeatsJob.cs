using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Classes.Seats;

/// <summary>Gets each due seat its own link in Zoom, or has it ended there; class by class.</summary>
internal sealed class ProvideSeatsJob(IServiceScopeFactory scopes, SessionGuardDb db, SchoolsSideBySide schools, TimeProvider clock) : ICallsZoom, ILeasing
{
    private const int Together = 500;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await LookOverAsync(cancellation);
        var due = await Due().GroupBy(s => new { s.OrganisationId, s.SeriesId }).Select(g => new { g.Key, Since = g.Min(s => s.DueAt) })
            .OrderBy(g => g.Since).Select(g => g.Key).Take(Together).ToListAsync(cancellation);
        await schools.ForEachAsync(due, c => c.OrganisationId, (c, token) => ProvideAsync(c.SeriesId, token), cancellation);
    }

    public IQueryable<DateTimeOffset?> Leases => Seat.ToProvide.Leases(db);

    public Task<int> CountAsync(CancellationToken cancellation) => Due().CountAsync(cancellation);

    private IQueryable<Seat> Due() => Seat.ToProvide.Claimable(db.Set<Seat>(), clock.Now());

    private async ValueTask ProvideAsync(Guid seriesId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        await scope.ServiceProvider.GetRequiredService<ProvideSeats>().RunAsync(seriesId, cancellation);
    }

    /// <summary>A meeting whose links are to be looked over: which of them are to be made, or taken anew.</summary>
    private async Task LookOverAsync(CancellationToken cancellation)
    {
        var now = clock.Now();
        var meetings = await db.Set<Meeting>().Where(m => m.SeatsDueAt <= now).OrderBy(m => m.SeatsDueAt)
            .Select(m => new DueMeeting(m.Id, m.SeriesId, m.SeatsDueAt!.Value)).Take(Together).ToListAsync(cancellation);
        foreach (var meeting in meetings)
        {
            await db.InTransactionAsync(
                async () =>
                {
                    await WantAgainAsync(meeting, now, cancellation);
                    await RefreshAsync(meeting, now, cancellation);
                    return await db.Set<Meeting>().Where(m => m.Id == meeting.Id && m.SeatsDueAt == meeting.DueAt)
                        .ExecuteUpdateAsync(set => set.SetProperty(m => m.SeatsDueAt, (DateTimeOffset?)null), cancellation);
                },
                cancellation);
        }
    }

    /// <summary>A class that goes on in another meeting needs new links; one that got its first date can have links now.</summary>
    private Task<int> WantAgainAsync(DueMeeting meeting, DateTimeOffset now, CancellationToken cancellation)
    {
        var ahead = ProvideSeats.MeetingsAhead(db);
        return db.Set<Seat>().Where(s => s.SeriesId == meeting.SeriesId && ahead.Any(m => m.SeriesId == meeting.SeriesId))
            .Where(s => (s.State == SeatState.Wanted && s.DueAt == null)
                || ((s.State == SeatState.Linked || s.State == SeatState.Shared) && !ahead.Any(m => m.Id == s.MeetingId)))
            .ExecuteUpdateAsync(set => set.WithoutLink(SeatState.Wanted, now), cancellation);
    }

    /// <summary>A link carries the passcode: where that has changed, by a repair of ours or by somebody's hand, it is taken anew.</summary>
    private Task<int> RefreshAsync(DueMeeting meeting, DateTimeOffset now, CancellationToken cancellation)
    {
        var ahead = ProvideSeats.MeetingsAhead(db).Where(m => m.Id == meeting.Id && m.PasscodeMark != null);
        return db.Set<Seat>().Where(s => s.SeriesId == meeting.SeriesId && s.State == SeatState.Linked && s.DueAt == null)
            .Where(s => ahead.Any(m => m.Id == s.MeetingId && s.PasscodeMark != m.PasscodeMark))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, now).SetProperty(s => s.Version, s => s.Version + 1), cancellation);
    }

    private sealed record DueMeeting(Guid Id, Guid SeriesId, DateTimeOffset DueAt);
}
