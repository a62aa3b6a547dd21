namespace SessionGuard.Jobs;

internal enum JobsEngine
{
    Quartz,
}

internal sealed class JobsOptions
{
    /// <summary>Whether this node runs jobs. Default true; false for a node that only answers requests beside others that run them.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What says when a job is due. Default <c>Quartz</c>.</summary>
    public JobsEngine Engine { get; init; } = JobsEngine.Quartz;
}
