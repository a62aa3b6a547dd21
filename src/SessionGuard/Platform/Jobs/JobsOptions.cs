using System.ComponentModel.DataAnnotations;

namespace SessionGuard.Platform.Jobs;

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

    /// <summary>How many schools' Zoom accounts a job asks side by side, with up to four calls each. 1 to 256; default 16.</summary>
    [Range(1, 256)]
    public int SchoolsAtOnce { get; init; } = 16;

    /// <summary>Default: what the program was built with, which is <c>Quartz</c> unless somebody chose otherwise.</summary>
    public JobsEngine Engine { get; init; } = BuiltWith;
}
