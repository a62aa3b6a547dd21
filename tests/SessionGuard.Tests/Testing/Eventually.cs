namespace SessionGuard.Tests.Testing;

internal static class Eventually
{
    /// <summary>Where nothing signals, as between processes: asks again until the answer is yes.</summary>
    /// <exception cref="TimeoutException">It stayed no for as long as <paramref name="within"/>.</exception>
    public static async Task Async(Func<Task<bool>> condition, TimeSpan within)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(within);
        try
        {
            while (!await condition())
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"It did not become so within {within.TotalSeconds:0} s.");
        }
    }

    public static Task Async(Func<bool> condition, TimeSpan within) => Async(() => Task.FromResult(condition()), within);
}
