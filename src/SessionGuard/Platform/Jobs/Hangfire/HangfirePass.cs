using Hangfire;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>The one method Hangfire knows. Its argument is the name of our job, so a stored schedule names no class of ours but this.</summary>
internal sealed class HangfirePass(JobRunner runner, IEnumerable<ScheduledJob> schedule)
{
    /// <remarks>
    /// How a pass went is the runner's to tell, and a failed one comes round again by itself. What is given up here is only a turn that
    /// came while the pass before it still ran.
    /// </remarks>
    [DisableConcurrentExecution("pass:{0}", timeoutSec: 1)]
    [AutomaticRetry(Attempts = 0, LogEvents = false, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        // A newer node beside this one may have stored a job that this one does not have yet.
        if (schedule.FirstOrDefault(j => j.Name == name) is { } job)
        {
            await runner.RunAsync(job.Job, cancellation);
        }
    }
}
