namespace SessionGuard.Demo;

/// <summary>The real clock, moved ahead by as much as the story has skipped. Timers keep real time.</summary>
internal sealed class StoryClock : TimeProvider
{
    private long _skippedTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _skippedTicks));

    /// <summary>Moves to <paramref name="instant"/>; one that has passed already moves nothing.</summary>
    public void SkipTo(DateTimeOffset instant)
    {
        var ahead = instant - GetUtcNow();
        if (ahead > TimeSpan.Zero)
        {
            Interlocked.Add(ref _skippedTicks, ahead.Ticks);
        }
    }
}
