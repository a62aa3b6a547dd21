using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// Which instruments are collected and with which labels: those of our features, the durations of the requests that we answer and of the calls
/// that we make, and the runtime's. A feature makes its meter with <see cref="IMeterFactory"/> and a name that starts with <see cref="Prefix"/>;
/// its labels are words from a fixed list or ids, never a person or an address, since the figures may be read without signing in.
/// </summary>
internal static class Instruments
{
    public const string Prefix = "SessionGuard";
    public const string FiguresMeter = $"{Prefix}.Figures";
    public const string SchoolsMeter = $"{Prefix}.Figures.Schools";

    /// <summary>The SDK sets aside a place for each series from the start, and tells nothing of those for which there is none: not of a school, then.</summary>
    private const int MostSchools = 50_000;

    private const string Reader = "OpenTelemetry"; // the name by which the SDK takes part in the framework's rules

    private const string Answers = "http.server.request.duration";
    private const string Calls = "http.client.request.duration";

    /// <summary>Which of the framework's labels are kept. A path or a host is not among them.</summary>
    private static readonly string[] FrameworkLabels = ["http.request.method", "http.route", "http.response.status_code"];

    /// <summary>Upper bounds in seconds: half a millisecond of a webhook to a minute of a job.</summary>
    private static readonly double[] Bounds = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>The framework's rules choose, not the SDK's names of meters: they tell this host's meters from those of another in the same process.</summary>
    public static void Choose(IMetricsBuilder metrics) => metrics
        .EnableMetrics(Prefix, null, Reader, MeterScope.Local)
        .EnableMetrics("Microsoft.AspNetCore.Hosting", Answers, Reader, MeterScope.Local)
        .EnableMetrics("System.Net.Http", Calls, Reader, MeterScope.Local);

    /// <summary>A view's answer: null leaves an instrument as it is.</summary>
    public static MetricStreamConfiguration? Shape(Instrument instrument) => instrument switch
    {
        { Name: Answers or Calls } => new ExplicitBucketHistogramConfiguration { Boundaries = Bounds, TagKeys = FrameworkLabels },
        { Meter.Name: SchoolsMeter } => new MetricStreamConfiguration { CardinalityLimit = MostSchools },
        Histogram<double> or Histogram<long> => new ExplicitBucketHistogramConfiguration { Boundaries = Bounds },
        _ => null,
    };
}
