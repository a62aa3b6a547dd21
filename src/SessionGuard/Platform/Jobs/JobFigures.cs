using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionGuard.Platform.Jobs;

/// <summary>How long passes take and how they end, as a metric and as spans.</summary>
internal sealed class JobFigures(IMeterFactory meters)
{
    public const string Name = "SessionGuard.Jobs";

    private readonly Histogram<double> _duration = meters.Create(Name)
        .CreateHistogram<double>("sessionguard.job.duration", "s", "Time that one pass of a job took.");

    public static ActivitySource Source { get; } = new(Name);

    public void Count(string job, TimeSpan took, Exception? failure) =>
        _duration.Record(took.TotalSeconds, new("job", job), new("error.type", failure?.GetType().Name ?? ""));
}
