using System.Data.Common;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>Our schedule as Hangfire's recurring jobs. Nothing here throws for a database that is away: it says so, and is asked again.</summary>
internal sealed partial class HangfireSchedule(
    IRecurringJobManager jobs, JobStorage storage, IEnumerable<ScheduledJob> schedule, ILogger<HangfireSchedule> logger)
{
    private const string All = "recurring-jobs";

    /// <summary>In memory, room for so many is made at each read.</summary>
    private const int MostJobs = 1000;

    /// <summary>The score of a job in that set that has no next time.</summary>
    private const double SwitchedOff = -1;

    /// <summary>The jobs that run once when the service starts, in their order. A daily one waits for its time.</summary>
    public IEnumerable<ScheduledJob> AtStart => schedule.Where(j => j.At is null);

    /// <summary>Stores every job with the rhythm that it has in this program.</summary>
    /// <returns>False: not all are stored.</returns>
    public bool TryPutUp(CancellationToken cancellation) => Try(() =>
    {
        foreach (var (place, job) in schedule.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            PutUp(place, job);
        }
    });

    /// <summary>
    /// Puts up again what Hangfire has switched off or somebody took away. It switches a job off in silence when six turns in a row could not be
    /// stored. The others are left as they are: a newer program beside this one may have given them another rhythm.
    /// </summary>
    public bool TryPutBack() => Try(() =>
    {
        using var connection = (JobStorageConnection)storage.GetConnection();
        var there = connection.GetAllItemsFromSet(All);
        var off = connection.GetFirstByLowestScoreFromSet(All, SwitchedOff, SwitchedOff, MostJobs);
        foreach (var (place, job) in schedule.Index().Where(j => !there.Contains(j.Item.Name) || off.Contains(j.Item.Name)))
        {
            LogPutBack(job.Name);
            PutUp(place, job);
        }
    });

    /// <summary>Runs a job now, wherever there are hands; its rhythm stays.</summary>
    public bool TryTrigger(ScheduledJob job) => Try(() => jobs.Trigger(job.Name));

    private void PutUp(int place, ScheduledJob job)
    {
        var name = job.Name;
        jobs.AddOrUpdate(
            name,
            Job.FromExpression<HangfirePass>(pass => pass.RunAsync(name, CancellationToken.None), HangfireEngine.GetName(job.Queue)),
            CronText.ToCron(job, place),
            new RecurringJobOptions
            {
                // One pass covers all that is due: after a gap one turn is enough. A daily job's next time is soon enough.
                MisfireHandling = job.At is null ? MisfireHandlingMode.Relaxed : MisfireHandlingMode.Ignorable,
            });
    }

    private bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception failure) when (failure
            is DbException or TimeoutException or DistributedLockTimeoutException or InvalidOperationException or AggregateException)
        {
            LogNotStored(failure.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventId = 801, Level = LogLevel.Warning, Message = "The schedule could not be stored and will be tried again: {Failure}.")]
    private partial void LogNotStored(string failure);

    [LoggerMessage(EventId = 802, Level = LogLevel.Warning, Message = "{Job} was switched off or taken away in Hangfire, and is put back.")]
    private partial void LogPutBack(string job);
}
