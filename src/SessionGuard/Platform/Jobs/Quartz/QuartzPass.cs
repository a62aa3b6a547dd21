using Quartz;

namespace SessionGuard.Platform.Jobs.Quartz;

/// <summary>The one job type Quartz knows. Its key carries the name of ours, so a stored schedule names no class.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzPass(JobRunner runner, IReadOnlyDictionary<string, ScheduledJob> schedule) : global::Quartz.IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // A newer node beside this one may have stored a job that this one does not have yet.
        if (schedule.TryGetValue(context.JobDetail.Key.Name, out var job))
        {
            await runner.RunAsync(job.Job, cancellationToken);
        }
    }
}
