namespace SessionGuard.Platform.Jobs;

/// <summary>One job on this node: at most one pass under way and one more waiting, however often it is asked for.</summary>
internal sealed class JobLane(Func<Task<JobPass>> pass)
{
    private readonly Lock _lock = new();
    private Task<JobPass>? _running;
    private Task<JobPass>? _waiting;

    /// <summary>
    /// Returns at once with a pass that begins after this call: everything the caller stored before it is seen. Callers that come
    /// before it begins share it.
    /// </summary>
    public Task<JobPass> Ask()
    {
        lock (_lock)
        {
            return _waiting ??= FollowAsync(_running ?? Task.CompletedTask);
        }
    }

    /// <summary>Completes when no pass is under way or waiting.</summary>
    public async Task DrainAsync()
    {
        while (Last() is { IsCompleted: false } last)
        {
            await last;
        }
    }

    private Task<JobPass>? Last()
    {
        lock (_lock)
        {
            return _waiting ?? _running;
        }
    }

    private async Task<JobPass> FollowAsync(Task previous)
    {
        // Forced: the caller must have its answer, and the lock be free, before this goes on.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _running = _waiting;
            _waiting = null;
        }

        return await pass();
    }
}
