using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace SessionGuard.Platform.Jobs;

/// <summary>Runs a job now instead of at its next turn, since there is work for it.</summary>
internal sealed class JobWaker(JobRunner runner, IOptions<JobsOptions> options, TimeProvider clock) : IDisposable
{
    private readonly bool _enabled = options.Value.Enabled;
    private readonly ConcurrentDictionary<Type, Gathering> _gathering = new();

    /// <summary>
    /// Returns at once. Waking a job that is already awake costs next to nothing, and waking one in the middle of a pass gives it
    /// one more pass. Where jobs are not enabled it does nothing: another node comes by at its next turn.
    /// </summary>
    public void Wake<TJob>()
        where TJob : IJob
    {
        if (_enabled)
        {
            _ = runner.Ask(typeof(TJob));
        }
    }

    /// <summary>
    /// The same a moment later, for work that comes in bursts: what comes within the moment shares the pass. A pass for each would take the
    /// processors and the disk from those who bring it.
    /// </summary>
    /// <param name="moment">Counts from the first of a burst.</param>
    public void WakeIn<TJob>(TimeSpan moment)
        where TJob : IJob
    {
        if (_enabled)
        {
            _gathering.GetOrAdd(typeof(TJob), job => new Gathering(() => runner.Ask(job), clock)).Begin(moment);
        }
    }

    public void Dispose()
    {
        foreach (var gathering in _gathering.Values)
        {
            gathering.Dispose();
        }
    }

    private sealed class Gathering : IDisposable
    {
        private readonly ITimer _timer;
        private int _begun;

        public Gathering(Action wake, TimeProvider clock) => _timer = clock.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _begun, 0);
                wake();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public void Begin(TimeSpan moment)
        {
            if (Interlocked.Exchange(ref _begun, 1) == 0)
            {
                _timer.Change(moment, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose() => _timer.Dispose();
    }
}
