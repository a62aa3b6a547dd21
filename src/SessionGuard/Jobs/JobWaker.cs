using Microsoft.Extensions.Options;

namespace SessionGuard.Jobs;

/// <summary>Runs a job now instead of at its next turn, since there is work for it.</summary>
internal sealed class JobWaker(JobRunner runner, IOptions<JobsOptions> options)
{
    private readonly bool _enabled = options.Value.Enabled;

    /// <summary>
    /// Returns at once. Waking a job that is already awake costs next to nothing, and waking one in the middle of a pass gives it
    /// one more pass. Where jobs are not enabled it does nothing: another node comes by at its next turn.
    /// </summary>
    public void Wake<TJob>()
        where TJob : IJob
    {
        if (_enabled)
        {
            _ = runner.Ask(typeof(TJob));
        }
    }
}
