using SessionGuard.Jobs;

namespace SessionGuard.Webhooks;

/// <summary>
/// Has stored deliveries applied a moment after they came, instead of at the job's next turn. The moment gathers a few: a pass for
/// every commit of the door would take its disk.
/// </summary>
internal sealed class InboxArrivals : IDisposable
{
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private readonly ITimer _timer;
    private int _announced;

    public InboxArrivals(JobWaker waker, TimeProvider clock)
    {
        _timer = clock.CreateTimer(_ =>
        {
            Volatile.Write(ref _announced, 0);
            waker.Wake<ProcessInboxJob>();
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Announce()
    {
        if (Interlocked.Exchange(ref _announced, 1) == 0)
        {
            _timer.Change(Gather, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();
}
