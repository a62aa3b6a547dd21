using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Platform.Jobs;

/// <summary>Do the jobs run, on whichever node, and do their passes end well?</summary>
internal sealed class JobTimeliness(IEnumerable<ScheduledJob> schedule, JobRecords records, TimeProvider clock) : IFigureSource
{
    private static readonly Figure LastGoodPassAge = new(
        "sessionguard.job.last_good_pass_age", "Time since a job's last pass that went well; since this process started when it knows of none.", Figure.Seconds);

    private static readonly Figure Overdue = new("sessionguard.job.overdue", "1 where that is much longer than the job's rhythm.");

    private static readonly TimeSpan LeastGrace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostGrace = TimeSpan.FromHours(2);

    private readonly DateTimeOffset _startedAt = clock.Now();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _wentWellAt = new();

    public IReadOnlyList<Figure> Figures => [LastGoodPassAge, Overdue];

    public async Task<IReadOnlyList<FigureValue>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var states = await db.Set<JobState>().AsNoTracking().ToDictionaryAsync(s => s.Name, cancellation);
        var ages = schedule.Select(job => (Job: job, Age: now - WentWellAt(job.Name, states.GetValueOrDefault(job.Name)))).ToList();
        return
        [
            .. ages.Select(a => LastGoodPassAge.Is(Math.Max(0, a.Age.TotalSeconds), "job", a.Job.Name)),
            .. ages.Select(a => Overdue.Is(a.Age > LongestFor(a.Job.Every) ? 1 : 0, "job", a.Job.Name)),
        ];
    }

    /// <summary>Two passes may be missed; of a daily job not a whole day more.</summary>
    public static TimeSpan LongestFor(TimeSpan every) => every + TimeSpan.FromTicks(Math.Clamp(2 * every.Ticks, LeastGrace.Ticks, MostGrace.Ticks));

    /// <summary>The row tells of a good pass only until the next one fails; what it once told is remembered.</summary>
    private DateTimeOffset WentWellAt(string job, JobState? state)
    {
        foreach (var known in new[] { state is { Error: "" } ? state.EndedAt : null, records.LastGoodHere(job)?.EndedAt })
        {
            if (known is { } at)
            {
                _wentWellAt.AddOrUpdate(job, at, (_, before) => before > at ? before : at);
            }
        }

        return _wentWellAt.GetValueOrDefault(job, _startedAt);
    }
}
