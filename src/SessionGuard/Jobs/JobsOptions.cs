namespace SessionGuard.Jobs;

/// <summary>What says when a job is due.</summary>
internal enum JobsEngine
{
    Quartz,

    /// <summary>Only in a program that was built with it, and on PostgreSQL.</summary>
    Hangfire,
}

internal sealed class JobsOptions
{
    public static JobsEngine BuiltWith { get; } =
#if HANGFIRE
        JobsEngine.Hangfire;
#else
        JobsEngine.Quartz;
#endif

    /// <summary>Whether this node runs jobs. Default true; false for a node that only answers requests beside others that run them.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Default: what the program was built with, which is <c>Quartz</c> unless somebody chose otherwise.</summary>
    public JobsEngine Engine { get; init; } = BuiltWith;
}
