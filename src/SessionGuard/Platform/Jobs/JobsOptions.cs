using System.ComponentModel.DataAnnotations;

namespace SessionGuard.Platform.Jobs;

internal sealed class JobsOptions
{
    /// <summary>Whether this node runs jobs. Default true; false for a node that only answers requests beside others that run them.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How many schools' Zoom accounts a job asks side by side, with up to four calls each. 1 to 256; default 16.</summary>
    [Range(1, 256)]
    public int SchoolsAtOnce { get; init; } = 16;
}
