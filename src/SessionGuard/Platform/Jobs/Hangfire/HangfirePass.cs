namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>
/// The one class and method that Hangfire knows and stores. Its argument is the name of our job: an older process beside a newer one can
/// load every stored turn, and a turn says of no school.
/// </summary>
internal sealed class HangfirePass(JobRunner runner, IEnumerable<ScheduledJob> schedule)
{
    /// <summary>How a pass went is the runner's to tell, and a failed one comes round again by itself: to Hangfire every turn goes well.</summary>
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        // A newer process beside this one may have stored a job that this one does not have yet.
        if (schedule.FirstOrDefault(j => j.Name == name) is { } job)
        {
            await runner.RunAsync(job.Job, cancellation);
        }
    }
}
