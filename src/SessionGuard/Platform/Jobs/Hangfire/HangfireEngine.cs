using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Microsoft.Extensions.Options;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>Hangfire's server on this node: it says when, <see cref="JobRunner"/> does the rest.</summary>
internal sealed class HangfireEngine(
    IOptions<JobsOptions> options, IServiceProvider provider, IHostApplicationLifetime lifetime, TimeProvider clock) : BackgroundService
{
    /// <summary>A worker is a thread that waits while its pass does.</summary>
    private const int WorkersOfAQueue = 4;

    /// <summary>Between the first passes of two jobs: at their first, both compile their queries, and the endpoint waits for a processor.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Hangfire's own would wait longer after each failure, up to five minutes: a database that comes back is to be noticed.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan PutBackEach = TimeSpan.FromSeconds(10);

    /// <summary>Within what the host gives everybody.</summary>
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(8);

    /// <summary>As workers and rows name it.</summary>
    public static string GetName(JobQueue queue) => queue switch
    {
        JobQueue.Live => "live",
        JobQueue.Slow => "slow",
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        // When the port is open: no turn is wanted before the service answers, and putting up the schedule takes a while.
        await ComeAsync(lifetime.ApplicationStarted).WaitAsync(stoppingToken);
        using var server = CreateServer();
        var schedule = provider.GetRequiredService<HangfireSchedule>();
        try
        {
            await StartTurnsAsync(schedule, stoppingToken);
            using var timer = new PeriodicTimer(PutBackEach, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                schedule.TryPutBack();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Turns under way are told to end; what they do not end is put back for another node.
            server.SendStop();
            await server.WaitForShutdownAsync(CancellationToken.None);
        }
    }

    private static Task ComeAsync(CancellationToken instant)
    {
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        instant.Register(come.SetResult);
        return come.Task;
    }

    private async Task StartTurnsAsync(HangfireSchedule schedule, CancellationToken stopping)
    {
        while (!schedule.TryPutUp(stopping))
        {
            await Task.Delay(Retry, clock, stopping);
        }

        foreach (var job in schedule.AtStart)
        {
            await Task.Delay(Between, clock, stopping);
            schedule.TryTrigger(job);
        }
    }

    /// <summary>By hand, since what AddHangfireServer adds takes no other pauses than Hangfire's own.</summary>
    private BackgroundProcessingServer CreateServer()
    {
        var filters = provider.GetRequiredService<IJobFilterProvider>();
        var states = new BackgroundJobStateChanger(filters);
        var performer = new BackgroundJobPerformer(filters, provider.GetRequiredService<JobActivator>(), TaskScheduler.Default);
        var turns = new RecurringJobScheduler(
            new BackgroundJobFactory(filters), Poll, new DefaultTimeZoneResolver(), () => clock.GetUtcNow().UtcDateTime);
        // Nothing is stored for later: a row of ours says when it is due. With the first that is, a DelayedJobScheduler belongs here.
        var queues = Enum.GetValues<JobQueue>().Select(GetName).ToArray();
        return new BackgroundProcessingServer(
            provider.GetRequiredService<JobStorage>(),
            [
                turns.UseBackgroundPool(1),
                .. queues.Select(queue => new Worker([queue], performer, states).UseBackgroundPool(WorkersOfAQueue)),
            ],
            new Dictionary<string, object> { ["Queues"] = queues, ["WorkerCount"] = queues.Length * WorkersOfAQueue },
            new BackgroundProcessingServerOptions
            {
                RetryDelay = _ => Retry,
                RestartDelay = Retry,
                HeartbeatInterval = 5 * Retry,
                ServerTimeout = 20 * Retry,
                ServerCheckInterval = 15 * Retry,
                ShutdownTimeout = Stopping,
            });
    }
}
