using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>Takes due asks, the longest due first. Of two passes at once none takes what the other has.</summary>
internal sealed class AskQueue(SessionGuardDb db, TimeProvider clock)
{
    private const int Batch = 100;

    /// <summary>Longer than a batch takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <returns>As they were claimed, the lease included; none when nothing is due.</returns>
    public async Task<IReadOnlyList<Ask>> ClaimAsync(CancellationToken cancellation)
    {
        var claimed = await Ask.ToSend.ClaimAsync(db, db.Set<Ask>().OrderBy(a => a.DueAt), Batch, clock.Now(), Lease, cancellation);
        return [.. claimed.OrderBy(a => a.DueAt).ThenBy(a => a.Id)];
    }

    /// <summary>Due and not in anybody's hands. The index of what waits is all that it needs: asks that were sent are many.</summary>
    public IQueryable<Ask> Due() => Ask.ToSend.Claimable(db.Set<Ask>(), clock.Now());
}
