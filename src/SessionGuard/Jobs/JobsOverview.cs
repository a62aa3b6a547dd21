using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Storage;

namespace SessionGuard.Jobs;

internal enum JobOutcome
{
    NotRunYet,
    WentWell,
    Failed,
}

/// <summary>One job as it is listed for people.</summary>
/// <param name="Error">The type of the last failure; null unless the outcome is <see cref="JobOutcome.Failed"/>.</param>
/// <param name="NextDue">Null where it waits for the service to start, or jobs are not enabled.</param>
/// <param name="Backlog">Due rows that wait, of the organisation the caller sees; null for a job that has no rows of its own.</param>
internal sealed record JobOverview(
    string Name, TimeSpan Every, JobOutcome Outcome, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, TimeSpan? Duration,
    string? Error, int FailuresInARow, string? Node, DateTimeOffset? NextDue, int? Backlog);

/// <summary>Every scheduled job and how it is doing, on whichever node.</summary>
internal sealed class JobsOverview(
    SessionGuardDb db, IServiceProvider services, IEnumerable<ScheduledJob> schedule, JobRecords records, IOptions<JobsOptions> options)
{
    public async Task<IReadOnlyList<JobOverview>> ReadAsync(CancellationToken cancellation)
    {
        var states = await db.Set<JobState>().AsNoTracking().ToDictionaryAsync(s => s.Name, cancellation);
        var jobs = new List<JobOverview>();
        foreach (var job in schedule)
        {
            jobs.Add(Describe(job, Latest(job.Name, states.GetValueOrDefault(job.Name)), await BacklogAsync(job, cancellation)));
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
            Node = Environment.MachineName,
        };
    }

    private JobOverview Describe(ScheduledJob job, JobState state, int? backlog) => new(
        job.Name,
        job.Every,
        state.EndedAt is null ? JobOutcome.NotRunYet : string.IsNullOrEmpty(state.Error) ? JobOutcome.WentWell : JobOutcome.Failed,
        state.StartedAt,
        state.EndedAt,
        state.EndedAt - state.StartedAt,
        string.IsNullOrEmpty(state.Error) ? null : state.Error,
        state.FailuresInARow,
        state.Node,
        options.Value.Enabled ? NextDue(job, state.StartedAt) : null,
        backlog);

    private static DateTimeOffset? NextDue(ScheduledJob job, DateTimeOffset? startedAt) =>
        startedAt is not { } last ? null
        : job.At is null ? last + job.Every
        : job.FirstFrom(last.AddMinutes(1));

    private async Task<int?> BacklogAsync(ScheduledJob job, CancellationToken cancellation) =>
        job.Job.IsAssignableTo(typeof(IBacklog))
            ? await ((IBacklog)ActivatorUtilities.GetServiceOrCreateInstance(services, job.Job)).CountAsync(cancellation)
            : null;
}
