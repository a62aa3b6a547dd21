namespace SessionGuard.Platform.Hosting;

internal static class Clock
{
    /// <summary>The current instant, cut to the millisecond: what both databases give back is what was put in.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
