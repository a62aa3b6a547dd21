using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Platform.Retention;

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
