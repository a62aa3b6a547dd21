using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Classes.Checking;

/// <summary>Looks at each meeting that is due, the nearest class first.</summary>
internal sealed class CheckUpcomingMeetingsJob(
    IServiceScopeFactory scopes, SessionGuardDb db, SchoolsSideBySide schools, TimeProvider clock) : ICallsZoom, ILeasing
{
    /// <summary>Longer than all of Zoom's answers to one check may take together.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const int Together = 1000;
    private const int Attempts = 5;

    public async Task RunAsync(CancellationToken cancellation)
    {
        // A short list is the pass's last: a meeting that is due again at once waits for the next pass.
        for (var full = true; full;)
        {
            var due = await Due().OrderBy(m => m.NextStart == null).ThenBy(m => m.NextStart)
                .Select(m => new { m.Id, m.OrganisationId }).Take(Together).ToListAsync(cancellation);
            await schools.ForEachAsync(due, m => m.OrganisationId, (m, token) => CheckAsync(m.Id, token), cancellation);
            full = due.Count == Together;
        }
    }

    public IQueryable<DateTimeOffset?> Leases => Meeting.ToCheck.Leases(db);

    public Task<int> CountAsync(CancellationToken cancellation) => Due().CountAsync(cancellation);

    private IQueryable<Meeting> Due() => Meeting.ToCheck.Claimable(db.Set<Meeting>(), clock.Now());

    private async ValueTask CheckAsync(Guid meetingId, CancellationToken cancellation)
    {
        if (await ClaimAsync(meetingId, cancellation) is not { } claimed)
        {
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateServiceScope();
                await scope.ServiceProvider.GetRequiredService<MeetingCheck>().RunAsync(claimed, cancellation);
                return;
            }
            catch (Exception conflict) when (DatabaseFault.IsConflict(conflict) && attempt < Attempts)
            {
                // Zoom tells of our own repair while we still read it back. What was asked is written down, so looking again repeats nothing.
            }
        }
    }

    private async Task<Meeting?> ClaimAsync(Guid meetingId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        return await Meeting.ToCheck.ClaimAsync(
            scope.ServiceProvider.GetRequiredService<SessionGuardDb>(), meetingId, clock.Now(), Lease, cancellation);
    }
}
