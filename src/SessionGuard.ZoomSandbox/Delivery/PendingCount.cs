namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>Counts what is under way and lets others wait until nothing is.</summary>
internal sealed class PendingCount
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource _none = Completed();

    public void Add()
    {
        lock (_gate)
        {
            if (_count++ == 0)
            {
                _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void Remove()
    {
        lock (_gate)
        {
            if (--_count == 0)
            {
                _none.SetResult();
            }
        }
    }

    public Task WhenNoneAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _none.Task.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
