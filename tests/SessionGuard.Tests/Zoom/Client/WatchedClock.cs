using System.Threading.Channels;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Zoom.Client;

/// <summary>A clock in the test's hand that also tells when somebody begins to wait on it.</summary>
internal sealed class WatchedClock : TimeProvider
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _clock.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    public void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>Waits until a pause between two tries begins and lets it pass. Deadlines, which are longer, are left alone.</summary>
    /// <returns>How long the pause was.</returns>
    public async Task<TimeSpan> PassPauseAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            var wait = await _waits.Reader.ReadAsync(cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(60), cancellation);
            if (wait > TimeSpan.Zero && wait < TimeSpan.FromSeconds(3.9))
            {
                Advance(wait);
                return wait;
            }
        }
    }

    /// <summary>Lets every pause of one call pass until it is over.</summary>
    public async Task<T> PassingPausesAsync<T>(Task<T> call)
    {
        using var over = new CancellationTokenSource();
        var passing = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await PassPauseAsync(over.Token);
            }
        });
        var result = await call;
        await over.CancelAsync();
        await passing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return result;
    }
}
