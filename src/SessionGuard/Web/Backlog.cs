using Microsoft.EntityFrameworkCore;
using SessionGuard.Storage;
using SessionGuard.Webhooks;

namespace SessionGuard.Web;

/// <summary>How many stored deliveries wait to be applied, and since when the oldest does.</summary>
internal sealed record Backlog(int Waiting, DateTimeOffset? Since)
{
    /// <summary>Counts over every organisation: figures without a name in them.</summary>
    public static async Task<Backlog> ReadAsync(SessionGuardDb db, CancellationToken cancellation)
    {
        var pending = db.Set<InboxMessage>().IgnoreQueryFilters().Where(m => m.State == InboxState.Pending);
        var count = await pending.CountAsync(cancellation);
        var oldest = await pending.OrderBy(m => m.Id).Select(m => (DateTimeOffset?)m.ReceivedAt).FirstOrDefaultAsync(cancellation);
        return new Backlog(count, oldest);
    }
}
