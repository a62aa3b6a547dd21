using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs;

/// <summary>One node as it is listed for people.</summary>
internal sealed record NodeOverview(Node Node, bool IsAlive, bool IsThis);

/// <summary>Every process that gave a sign of life within a day.</summary>
internal sealed class NodesOverview(SessionGuardDb db, ThisNode here, TimeProvider clock)
{
    /// <summary>The living first, each in the order of their start.</summary>
    public async Task<IReadOnlyList<NodeOverview>> ReadAsync(CancellationToken cancellation)
    {
        var alive = clock.Now() - NodeRegister.SilentAfter;
        var nodes = await db.Set<Node>().AsNoTracking().ToListAsync(cancellation);
        return [.. nodes.Select(n => new NodeOverview(n, n.SeenAt >= alive, n.Id == here.Id)).OrderByDescending(n => n.IsAlive).ThenBy(n => n.Node.StartedAt)];
    }
}
