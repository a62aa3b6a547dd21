namespace SessionGuard.Platform.Storage;

/// <summary>
/// SQLite takes one writer at a time, and those who meet a locked file poll for it. Inside the one process that SQLite serves,
/// writers queue here instead, and the webhook endpoint goes first.
/// </summary>
internal sealed class SqliteWriteGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private bool _taken;

    /// <summary>Waits for the turn to write; disposing it passes the turn on.</summary>
    public async ValueTask<IDisposable> EnterAsync(bool first, CancellationToken cancellation)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_lock)
        {
            if (!_taken)
            {
                _taken = true;
                return new Turn(this);
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            place = first ? _waiting.AddFirst(turn) : _waiting.AddLast(turn);
        }

        try
        {
            await place.Value.Task.WaitAsync(cancellation);
            return new Turn(this);
        }
        catch (OperationCanceledException)
        {
            GiveUp(place);
            throw;
        }
    }

    private void Pass()
    {
        lock (_lock)
        {
            if (_waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                next.Value.SetResult();
            }
            else
            {
                _taken = false;
            }
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place)
    {
        bool wasGivenTheTurn;
        lock (_lock)
        {
            wasGivenTheTurn = place.List is null;
            if (!wasGivenTheTurn)
            {
                _waiting.Remove(place);
            }
        }

        if (wasGivenTheTurn)
        {
            Pass();
        }
    }

    private sealed class Turn(SqliteWriteGate gate) : IDisposable
    {
        private bool _passed;

        public void Dispose()
        {
            if (!_passed)
            {
                _passed = true;
                gate.Pass();
            }
        }
    }
}
