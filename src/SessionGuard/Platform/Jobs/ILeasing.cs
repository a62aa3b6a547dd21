namespace SessionGuard.Platform.Jobs;

/// <summary>A job whose passes claim rows for a while.</summary>
internal interface ILeasing : IBacklog
{
    /// <summary>
    /// Until when rows are held that its passes may work on, of the organisations its scope may see: claimed by one of them, or put off
    /// after a failure. Also ends that have passed.
    /// </summary>
    IQueryable<DateTimeOffset?> Leases { get; }
}
