using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs;

internal enum JobOutcome
{
    NotRunYet,
    WentWell,
    Failed,
}

/// <summary>One job as it is listed for people.</summary>
/// <param name="Error">The type of the last failure; null unless the outcome is <see cref="JobOutcome.Failed"/>.</param>
/// <param name="NextDue">Null where it waits for the service to start, or no node runs jobs.</param>
/// <param name="Backlog">Due rows that wait, of the organisation the caller sees; null for a job that has no rows of its own.</param>
/// <param name="Held">How many rows are in a pass's hands or put off, of the same; null for a job that claims none.</param>
/// <param name="HeldUntil">When the last of them is free again; null when there is none.</param>
internal sealed record JobOverview(
    string Name, string Title, TimeSpan Every, JobOutcome Outcome, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, TimeSpan? Duration,
    string? Error, int FailuresInARow, string? Node, DateTimeOffset? NextDue, int? Backlog, int? Held, DateTimeOffset? HeldUntil);

/// <summary>Every scheduled job and how it is doing, on whichever node.</summary>
internal sealed class JobsOverview(
    SessionGuardDb db, IServiceProvider services, IEnumerable<ScheduledJob> schedule, JobRecords records, IOptions<JobsOptions> options,
    TimeProvider clock)
{
    /// <param name="nodes">Which there are: where one of them runs jobs, there is a next time.</param>
    public async Task<IReadOnlyList<JobOverview>> ReadAsync(IReadOnlyList<NodeOverview> nodes, CancellationToken cancellation)
    {
        var isRun = options.Value.Enabled || nodes.Any(n => n is { IsAlive: true, Node.RunsJobs: true });
        var states = await db.Set<JobState>().AsNoTracking().ToDictionaryAsync(s => s.Name, cancellation);
        var jobs = new List<JobOverview>();
        foreach (var job in schedule)
        {
            var listed = Describe(job, Latest(job.Name, states.GetValueOrDefault(job.Name)), isRun, clock.Now());
            jobs.Add(await CountAsync(job, listed, cancellation));
        }

        return jobs;
    }

    /// <summary>This node knows its own passes to the second; the row may be a few passes behind.</summary>
    private JobState Latest(string name, JobState? stored)
    {
        var state = stored ?? new JobState { Name = name };
        if (records.LastHere(name) is not { } here || here.StartedAt <= state.StartedAt)
        {
            return state;
        }

        return new JobState
        {
            Name = name,
            StartedAt = here.StartedAt,
            EndedAt = here.EndedAt,
            Error = here.Failure?.GetType().Name ?? "",
            FailuresInARow = here.Failure is null ? 0 : Math.Max(state.FailuresInARow, 1),
            Node = ThisNode.Name,
        };
    }

    private static JobOverview Describe(ScheduledJob job, JobState state, bool isRun, DateTimeOffset now) => new(
        job.Name,
        job.Title,
        job.Every,
        state.EndedAt is null ? JobOutcome.NotRunYet : string.IsNullOrEmpty(state.Error) ? JobOutcome.WentWell : JobOutcome.Failed,
        state.StartedAt,
        state.EndedAt,
        state.EndedAt - state.StartedAt,
        string.IsNullOrEmpty(state.Error) ? null : state.Error,
        state.FailuresInARow,
        state.Node,
        isRun ? NextDue(job, state.StartedAt, now) : null,
        Backlog: null,
        Held: null,
        HeldUntil: null);

    private static DateTimeOffset? NextDue(ScheduledJob job, DateTimeOffset? startedAt, DateTimeOffset now) =>
        job.At is null ? startedAt + job.Every : job.FirstFrom(startedAt?.AddMinutes(1) ?? now);

    private async Task<JobOverview> CountAsync(ScheduledJob job, JobOverview listed, CancellationToken cancellation)
    {
        if (!job.Job.IsAssignableTo(typeof(IBacklog)))
        {
            return listed;
        }

        var backlog = (IBacklog)ActivatorUtilities.GetServiceOrCreateInstance(services, job.Job);
        listed = listed with { Backlog = await backlog.CountAsync(cancellation) };
        if (backlog is not ILeasing leasing)
        {
            return listed;
        }

        var now = clock.Now();
        var held = await leasing.Leases.Where(until => until > now).ToListAsync(cancellation);
        return listed with { Held = held.Count, HeldUntil = held.Max() };
    }
}
