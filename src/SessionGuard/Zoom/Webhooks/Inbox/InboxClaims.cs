using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Zoom.Webhooks.Inbox;

/// <param name="Messages">None: nothing was due.</param>
/// <param name="MayBeMore">It took as many as it may at once.</param>
internal sealed record Claim(IReadOnlyList<InboxMessage> Messages, bool MayBeMore);

/// <summary>Who applies which stored delivery. A claim is a lease: it ends by itself when the claimant dies.</summary>
internal sealed class InboxClaims(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>The most that is applied in one transaction. Where that keeps the endpoint waiting, it is short.</summary>
    private const int BatchOfOneWriter = 50, Batch = 500;

    /// <summary>The oldest pending deliveries that nobody holds, oldest first.</summary>
    public async Task<Claim> TakeAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var now = clock.Now();
        if (db.HasOneWriter && !await InboxMessage.ToApply.Claimable(db.Set<InboxMessage>(), now).AnyAsync(cancellation))
        {
            return new Claim([], MayBeMore: false); // most passes find nothing, and should not wait for their turn to write to learn it
        }

        var most = db.HasOneWriter ? BatchOfOneWriter : Batch;
        var taken = await InboxMessage.ToApply.ClaimAsync(db, db.Set<InboxMessage>().OrderBy(m => m.Id), most, now, Lease, cancellation);
        return new Claim([.. taken.OrderBy(m => m.Id)], MayBeMore: taken.Count == most);
    }

    /// <summary>Lets go of deliveries that will not be applied now after all, so that another pass need not wait for the lease to end.</summary>
    public Task ReleaseAsync(IReadOnlyList<InboxMessage> messages, CancellationToken cancellation) =>
        UpdateAsync(db => InboxMessage.ToApply.ReleaseAsync(InboxMessage.ToApply.Held(db, messages), cancellation), cancellation);

    /// <summary>Keeps a delivery that failed out of every pass until <paramref name="dueAgain"/>.</summary>
    public Task PostponeAsync(InboxMessage message, DateTimeOffset dueAgain, CancellationToken cancellation) =>
        UpdateAsync(db => InboxMessage.ToApply.Held(db, message)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Tries, m => m.Tries + 1).SetProperty(m => m.LeasedUntil, dueAgain), cancellation), cancellation);

    public Task SetAsideAsync(InboxMessage message, string reason, CancellationToken cancellation) =>
        UpdateAsync(db => InboxMessage.ToApply.ReleaseAsync(
            InboxMessage.ToApply.Held(db, message),
            set => set.SetProperty(m => m.Tries, m => m.Tries + 1).SetProperty(m => m.State, InboxState.SetAside).SetProperty(m => m.Reason, reason),
            cancellation), cancellation);

    private async Task UpdateAsync(Func<SessionGuardDb, Task<int>> update, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        await db.InTransactionAsync(() => update(db), cancellation);
    }
}
