using System.Collections.Concurrent;
using System.Diagnostics;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Jobs;

/// <summary>
/// Around every pass of every job, whoever asked for it: a scope of its own, the log line, the figures, the record of how it went.
/// A failure ends here, and the job keeps its rhythm. On this node a job never runs twice at once.
/// </summary>
internal sealed partial class JobRunner(
    IServiceScopeFactory scopes, JobRecords records, JobFigures figures, RestoreHoldGate gate, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<JobRunner> logger) : IHostedService
{
    private static readonly Func<ILogger, string, IDisposable?> Named = LoggerMessage.DefineScope<string>("{Job}");
    private readonly ConcurrentDictionary<Type, JobLane> _lanes = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _underWay = new();

    /// <summary>The passes that run on this node just now, by name.</summary>
    public IReadOnlyList<PassUnderWay> UnderWay => [.. _underWay.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new PassUnderWay(p.Key, p.Value))];

    public Task<JobPass> RunAsync<TJob>(CancellationToken cancellation)
        where TJob : IJob => RunAsync(typeof(TJob), cancellation);

    /// <summary>Runs a pass that begins after this call, once the one under way is over.</summary>
    /// <param name="cancellation">Ends the wait, not the pass.</param>
    public Task<JobPass> RunAsync(Type job, CancellationToken cancellation) => Ask(job).WaitAsync(cancellation);

    /// <summary>As <see cref="RunAsync(Type, CancellationToken)"/>, for a caller that does not wait.</summary>
    public Task<JobPass> Ask(Type job) => _lanes.GetOrAdd(job, GetLane).Ask();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the passes under way, which see their token cancelled, before the services they use are disposed.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_lanes.Values.Select(lane => lane.DrainAsync())).WaitAsync(cancellationToken);

    private JobLane GetLane(Type job) => new(() => PassAsync(job, lifetime.ApplicationStopping));

    private async Task<JobPass> PassAsync(Type job, CancellationToken stopping)
    {
        var name = ScheduledJob.GetName(job);
        using var named = Named(logger, name);
        using var activity = JobFigures.Source.StartActivity(name);
        var startedAt = clock.Now();
        var start = clock.GetTimestamp();
        _underWay[name] = startedAt;
        var failure = await AttemptAsync(job, stopping);
        _underWay.TryRemove(name, out _);
        var took = clock.GetElapsedTime(start);
        var pass = new JobPass(startedAt, clock.Now(), failure);
        figures.Count(name, took, failure);
        if (failure is not null)
        {
            activity?.SetTag("error.type", failure.GetType().Name).SetStatus(ActivityStatusCode.Error);
        }

        Report(name, took, failure, stopping);
        await records.KeepAsync(name, pass, stopping);
        return pass;
    }

    private async Task<Exception?> AttemptAsync(Type job, CancellationToken stopping)
    {
        try
        {
            stopping.ThrowIfCancellationRequested();
            if (job.IsAssignableTo(typeof(ICallsZoom)) && await gate.IsHeldAsync(stopping))
            {
                return null;
            }

            await using var scope = scopes.CreateServiceScope();
            await ((IJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job)).RunAsync(stopping);
            return null;
        }
#pragma warning disable CA1031 // The one place that catches everything: a failing pass must not stop the service or the job's next pass.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure;
        }
    }

    private void Report(string name, TimeSpan took, Exception? failure, CancellationToken stopping)
    {
        switch (failure)
        {
            case null:
                LogDone(name, took.TotalMilliseconds);
                break;
            case OperationCanceledException when stopping.IsCancellationRequested:
                LogStopped(name);
                break;
            default:
                LogFailed(name, took.TotalMilliseconds, FailureText.DescribeFailure(failure));
                break;
        }
    }

    [LoggerMessage(EventId = 700, Level = LogLevel.Debug, Message = "{Job} done in {Milliseconds} ms.")]
    private partial void LogDone(string job, double milliseconds);

    [LoggerMessage(EventId = 701, Level = LogLevel.Information, Message = "{Job} was stopped half-way: the service is stopping.")]
    private partial void LogStopped(string job);

    [LoggerMessage(EventId = 702, Level = LogLevel.Error, Message = "{Job} failed after {Milliseconds} ms and will run again: {Failure}")]
    private partial void LogFailed(string job, double milliseconds, string failure);
}
