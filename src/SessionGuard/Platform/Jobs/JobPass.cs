namespace SessionGuard.Platform.Jobs;

/// <summary>How one pass went.</summary>
/// <param name="Failure">What ended it; null when it went well.</param>
internal sealed record JobPass(DateTimeOffset StartedAt, DateTimeOffset EndedAt, Exception? Failure);
