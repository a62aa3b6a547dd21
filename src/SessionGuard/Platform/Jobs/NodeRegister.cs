using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs;

/// <summary>Which processes there are. A process that stops takes its row away; one that died is known by its silence.</summary>
internal sealed class NodeRegister(IServiceScopeFactory scopes, ThisNode node, JobRunner runner, TimeProvider clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>Two signs may get lost: the third is missed.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(45);

    /// <summary>Long enough for people to see in the morning what died at night.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);

    /// <summary>Gives a sign of life, and sweeps the rows of those that gave none for a day.</summary>
    public Task SignAsync(CancellationToken cancellation) => UseAsync(
        async db =>
        {
            var now = clock.Now();
            var own = await db.Set<Node>().FirstOrDefaultAsync(n => n.Id == node.Id, cancellation) ?? db.Add(node.Row()).Entity;
            own.SeenAt = now;
            own.Passes = runner.UnderWay;
            await db.Set<Node>().Where(n => n.SeenAt < now - ForgottenAfter && n.Id != node.Id).ExecuteDeleteAsync(cancellation);
            return await db.SaveChangesAsync(cancellation);
        },
        cancellation);

    public Task LeaveAsync(CancellationToken cancellation) =>
        UseAsync(db => db.Set<Node>().Where(n => n.Id == node.Id).ExecuteDeleteAsync(cancellation), cancellation);

    private async Task UseAsync(Func<SessionGuardDb, Task<int>> use, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        await db.InTransactionAsync(() => use(db), cancellation);
    }
}
