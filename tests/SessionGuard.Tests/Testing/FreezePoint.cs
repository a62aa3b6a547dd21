using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SessionGuard.Tests.Testing;

/// <summary>
/// Freezes whoever begins the n-th transaction, on either side of it, until a test lets it go on; everybody after it goes on unhindered.
/// As a node whose machine was put to sleep: it holds no lock, knows nothing of what happened meanwhile, and goes on where it was.
/// </summary>
internal sealed class FreezePoint(int number, Side side) : DbTransactionInterceptor
{
    private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _armed;
    private int _begun;
    private DbConnection? _connection;

    /// <summary>Completes when somebody is frozen.</summary>
    public Task Frozen => _frozen.Task;

    /// <summary>From here on transactions count.</summary>
    public void Arm() => _armed = true;

    public void Wake() => _awake.TrySetResult();

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        if (_armed && Interlocked.Increment(ref _begun) == number)
        {
            _connection = connection;
            if (side is Side.Before)
            {
                await FreezeAsync();
            }
        }

        return result;
    }

    public override async Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (side is Side.After && eventData.Context?.Database.GetDbConnection() is { } connection && ReferenceEquals(connection, _connection))
        {
            _connection = null;
            await FreezeAsync();
        }
    }

    private async Task FreezeAsync()
    {
        _frozen.TrySetResult();
        await _awake.Task;
    }
}
