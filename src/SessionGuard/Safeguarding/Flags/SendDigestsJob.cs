using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Each morning of a school's own, tells whoever decides how much waits for them. What was missed in the night comes once, late.</summary>
internal sealed class SendDigestsJob(IServiceScopeFactory scopes, SessionGuardDb db, JobWaker waker, TimeProvider clock) : IBacklog
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var due = await Due().OrderBy(o => o.DigestDueAt).Select(o => o.Id).ToListAsync(cancellation);
        foreach (var school in due)
        {
            await using var scope = scopes.CreateServiceScope();
            await scope.ServiceProvider.GetRequiredService<Digest>().SendAsync(school, cancellation);
        }

        if (due.Count > 0)
        {
            waker.Wake<SendMailJob>();
        }
    }

    public Task<int> CountAsync(CancellationToken cancellation) => Due().CountAsync(cancellation);

    private IQueryable<Organisation> Due()
    {
        var now = clock.Now();
        return db.Set<Organisation>().Where(o => o.DigestDueAt == null || o.DigestDueAt <= now);
    }
}
