using Microsoft.EntityFrameworkCore;
using SessionGuard.Jobs;
using SessionGuard.Sessions;
using SessionGuard.Storage;

namespace SessionGuard.Presence;

/// <summary>Fetches Zoom's own report of each session that is due for it, the longest due first.</summary>
internal sealed class BackfillJob(IServiceScopeFactory scopes, SessionGuardDb db, TimeProvider clock) : ICallsZoom, ILeasing
{
    /// <summary>Longer than all of Zoom's answers about one session may take together.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private const int SideBySide = 4;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var due = await Due(db).OrderBy(s => s.BackfillDueAt).Select(s => s.Id).Take(1000).ToListAsync(cancellation);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation }, async (id, token) =>
        {
            await using var scope = scopes.CreateServiceScope();
            var lease = clock.Now() + Lease;
            if (await ClaimAsync(scope.ServiceProvider.GetRequiredService<SessionGuardDb>(), id, lease, token))
            {
                await scope.ServiceProvider.GetRequiredService<BackfillSession>().RunAsync(id, lease, token);
            }
        });
    }

    public IQueryable<DateTimeOffset?> Leases => db.Set<Session>().Where(s => s.BackfillDueAt != null).Select(s => s.BackfillLeasedUntil);

    public Task<int> CountAsync(CancellationToken cancellation) => Due(db).CountAsync(cancellation);

    private IQueryable<Session> Due(SessionGuardDb own)
    {
        var now = clock.Now();
        return own.Set<Session>().Where(s => s.BackfillDueAt <= now && (s.BackfillLeasedUntil == null || s.BackfillLeasedUntil <= now));
    }

    /// <summary>The row's own state decides between two passes that want it.</summary>
    private async Task<bool> ClaimAsync(SessionGuardDb own, Guid sessionId, DateTimeOffset lease, CancellationToken cancellation) =>
        await own.InTransactionAsync(
            () => Due(own).Where(s => s.Id == sessionId)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.BackfillLeasedUntil, (DateTimeOffset?)lease), cancellation),
            cancellation) == 1;
}
