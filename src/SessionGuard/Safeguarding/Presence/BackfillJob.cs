using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>Fetches Zoom's own report of each session that is due for it, the longest due first.</summary>
internal sealed class BackfillJob(IServiceScopeFactory scopes, SessionGuardDb db, SchoolsSideBySide schools, TimeProvider clock) : ICallsZoom, ILeasing
{
    /// <summary>Longer than all of Zoom's answers about one session may take together.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private const int Together = 1000;

    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var full = true; full;)
        {
            var due = await Due(db).OrderBy(s => s.BackfillDueAt).Select(s => new { s.Id, s.OrganisationId }).Take(Together).ToListAsync(cancellation);
            await schools.ForEachAsync(due, s => s.OrganisationId, (s, token) => FillInAsync(s.Id, token), cancellation);
            full = due.Count == Together;
        }
    }

    public IQueryable<DateTimeOffset?> Leases => db.Set<Session>().Where(s => s.BackfillDueAt != null).Select(s => s.BackfillLeasedUntil);

    public Task<int> CountAsync(CancellationToken cancellation) => Due(db).CountAsync(cancellation);

    private IQueryable<Session> Due(SessionGuardDb own)
    {
        var now = clock.Now();
        return own.Set<Session>().Where(s => s.BackfillDueAt <= now && (s.BackfillLeasedUntil == null || s.BackfillLeasedUntil <= now));
    }

    private async ValueTask FillInAsync(Guid sessionId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var lease = clock.Now() + Lease;
        if (await ClaimAsync(scope.ServiceProvider.GetRequiredService<SessionGuardDb>(), sessionId, lease, cancellation))
        {
            await scope.ServiceProvider.GetRequiredService<BackfillSession>().RunAsync(sessionId, lease, cancellation);
        }
    }

    /// <summary>The row's own state decides between two passes that want it.</summary>
    private async Task<bool> ClaimAsync(SessionGuardDb own, Guid sessionId, DateTimeOffset lease, CancellationToken cancellation) =>
        await own.InTransactionAsync(
            () => Due(own).Where(s => s.Id == sessionId)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.BackfillLeasedUntil, (DateTimeOffset?)lease), cancellation),
            cancellation) == 1;
}
