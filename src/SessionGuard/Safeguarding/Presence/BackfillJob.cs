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
            var due = await Due().OrderBy(s => s.BackfillDueAt).Select(s => new { s.Id, s.OrganisationId }).Take(Together).ToListAsync(cancellation);
            await schools.ForEachAsync(due, s => s.OrganisationId, (s, token) => FillInAsync(s.Id, token), cancellation);
            full = due.Count == Together;
        }
    }

    public IQueryable<DateTimeOffset?> Leases => Session.ToFillIn.Leases(db);

    public Task<int> CountAsync(CancellationToken cancellation) => Due().CountAsync(cancellation);

    private IQueryable<Session> Due() => Session.ToFillIn.Claimable(db.Set<Session>(), clock.Now());

    private async ValueTask FillInAsync(Guid sessionId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var own = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        if (await Session.ToFillIn.ClaimAsync(own, sessionId, clock.Now(), Lease, cancellation) is { } claimed)
        {
            await scope.ServiceProvider.GetRequiredService<BackfillSession>().RunAsync(claimed, cancellation);
        }
    }
}
