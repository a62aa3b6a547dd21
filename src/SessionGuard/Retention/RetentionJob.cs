using Microsoft.EntityFrameworkCore;
using SessionGuard.Jobs;
using SessionGuard.Organisations;
using SessionGuard.Storage;

namespace SessionGuard.Retention;

/// <summary>Deletes, school by school, what has been kept long enough.</summary>
internal sealed class RetentionJob(SessionGuardDb db, RetentionPass pass) : IJob
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var school in await db.Set<Organisation>().Select(o => o.Id).OrderBy(id => id).ToListAsync(cancellation))
        {
            await pass.RunAsync(school, cancellation);
        }
    }
}
