using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs.Quartz;

/// <summary>
/// Puts the schedule onto Quartz.NET: in memory on SQLite, where there is one process; clustered on PostgreSQL, where one node
/// fires and another takes over when it dies.
/// </summary>
internal sealed class QuartzEngine(
    IOptions<JobsOptions> jobs, IOptions<StorageOptions> storage, IEnumerable<ScheduledJob> schedule, JobRunner runner,
    PostgresConnections postgres, SchemaLock schemaLock, TimeProvider clock, ILoggerFactory loggers) : IHostedLifecycleService
{
    /// <summary>Between the first passes of two jobs: at their first, both compile their queries, and the door waits for a processor.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When the port is open: putting up the schedule takes a while on PostgreSQL, and no pass is wanted before the service answers.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (jobs.Value is not { Enabled: true, Engine: JobsEngine.Quartz })
        {
            return;
        }

        // Nodes that start together would make Quartz's tables together.
        await using var turn = await schemaLock.TakeAsync(cancellationToken);
        _factory = QuartzSchedulerBuilder.Create(Configure).Build();
        _scheduler = await _factory.GetScheduler(cancellationToken);
        foreach (var (place, job) in schedule.Index())
        {
            await _scheduler.ScheduleJob(Detail(job), Trigger(job, (place + 1) * Between), ScheduleJobOptions.Replacing, cancellationToken);
        }

        await _scheduler.Start(cancellationToken);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A host may be stopped twice; a scheduler that is shut down once more looks for services that are gone.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _scheduler, null) is { } scheduler)
        {
            await scheduler.Shutdown(true, cancellationToken);
        }
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }
    }

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.Services.AddSingleton(loggers);
        quartz.Services.AddSingleton(runner);
        quartz.Services.AddSingleton<IReadOnlyDictionary<string, ScheduledJob>>(schedule.ToDictionary(j => j.Name));
        quartz.AddJobType<QuartzPass>();
        quartz.UseTimeProvider(clock);
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = "SessionGuard";
            options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        if (storage.Value.Engine is StorageEngine.Sqlite)
        {
            quartz.UseInMemoryStore();
            return;
        }

        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(NpgsqlFactory.Instance, postgres.ConnectionString);
            store.ConfigureStore(options => options.TablePrefix = "quartz_");
            store.ProvisionSchema();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(3);
            });
        });
    }

    private static IJobDetail Detail(ScheduledJob job) => JobBuilder.Create<QuartzPass>().WithIdentity(job.Name).Build();

    private ITrigger Trigger(ScheduledJob job, TimeSpan pause) => TriggerBuilder.Create(clock)
        .WithIdentity(job.Name)
        .StartAt(job.FirstFrom(clock.GetUtcNow()) + pause)
        .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(job.Every).RepeatForever()
            // A pass covers all that is due: after a gap one pass is enough, and the rhythm goes on from there.
            .WithMisfireInstruction(job.At is null
                ? SimpleTriggerMisfireInstruction.NowWithExistingCount
                : SimpleTriggerMisfireInstruction.NextWithExistingCount))
        .Build();
}
