using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SessionGuard.Tests.Testing;

/// <summary>On which side of its commit a transaction is cut off.</summary>
public enum Side
{
    /// <summary>Nothing of it is kept.</summary>
    Before,

    /// <summary>All of it is kept, and whoever made it never hears so.</summary>
    After,
}

/// <summary>
/// Kills the service at its n-th commit: that one and every transaction after it fail, as those of a process that is no more.
/// To be registered among the services of an <see cref="App"/>; the one after it starts without.
/// </summary>
internal sealed class Failpoint(int commit, Side side) : DbTransactionInterceptor
{
    private int _commits;
    private volatile bool _armed;

    public bool WasReached => Volatile.Read(ref _commits) >= commit;

    /// <summary>From here on commits count: what the start of the service and the test itself saved does not.</summary>
    public void Arm() => _armed = true;

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
        WasReached ? throw new KilledException() : ValueTask.FromResult(result);

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (_armed && (WasReached || (Interlocked.Increment(ref _commits) == commit && side is Side.Before)))
        {
            throw new KilledException();
        }

        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        WasReached ? throw new KilledException() : Task.CompletedTask;

    /// <summary>The service came to a failpoint.</summary>
    internal sealed class KilledException : Exception;
}
