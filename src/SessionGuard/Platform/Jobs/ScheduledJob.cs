namespace SessionGuard.Platform.Jobs;

internal enum JobQueue
{
    /// <summary>For what somebody waits for within seconds. Nothing that asks Zoom: a slow answer must keep nobody waiting here.</summary>
    Live,

    /// <summary>For all else.</summary>
    Slow,
}

/// <summary>When a job runs. Nothing is lost when a time passes while the service is down: the rows are still due.</summary>
/// <param name="Title">What it does, in the words of people who know no code.</param>
/// <param name="At">The time of day in UTC that a daily job waits for; null starts with the service.</param>
/// <param name="Queue">Who it waits behind when many are due.</param>
internal sealed record ScheduledJob(Type Job, string Title, TimeSpan Every, TimeOnly? At = null, JobQueue Queue = JobQueue.Slow)
{
    /// <summary>The job's class name without its suffix, such as <c>ProcessInbox</c>.</summary>
    public string Name { get; } = GetName(Job);

    public static ScheduledJob Each<TJob>(TimeSpan every, string title, JobQueue queue = JobQueue.Slow)
        where TJob : IJob => new(typeof(TJob), title, every, Queue: queue);

    public static ScheduledJob Daily<TJob>(TimeOnly at, string title)
        where TJob : IJob => new(typeof(TJob), title, TimeSpan.FromDays(1), at);

    public static string GetName(Type job) => job.Name.EndsWith("Job", StringComparison.Ordinal) ? job.Name[..^3] : job.Name;

    /// <summary>The first time to run when the service starts at <paramref name="now"/>.</summary>
    public DateTimeOffset FirstFrom(DateTimeOffset now)
    {
        if (At is not { } at)
        {
            return now;
        }

        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + at.ToTimeSpan();
        return today >= now ? today : today.AddDays(1);
    }
}
