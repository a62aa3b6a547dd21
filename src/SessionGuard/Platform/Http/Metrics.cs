using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SessionGuard.Platform.Http;

/// <summary>
/// Listens to the meters of this service's features and to the framework's request durations, and holds the sums that <c>/metrics</c>
/// prints. A feature makes its meter with <see cref="IMeterFactory"/> and a name that starts with <see cref="Prefix"/>; its labels are words from a
/// fixed list, never a school, a person or an address, since the figures are read without signing in.
/// </summary>
internal sealed class Metrics : IDisposable
{
    public const string Prefix = "SessionGuard";

    /// <summary>Requests that we answer, and calls that we make: to Zoom, above all.</summary>
    private static readonly string[] Framework = ["http.server.request.duration", "http.client.request.duration"];

    /// <summary>Which of the framework's labels are kept. A path or a host is not among them.</summary>
    private static readonly string[] FrameworkLabels = ["http.request.method", "http.route", "http.response.status_code"];

    /// <summary>Upper bounds in seconds: half a millisecond of a webhook to a minute of a job.</summary>
    private static readonly double[] Bounds = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<SeriesKey, Series> _series = new();
    private readonly MeterListener _listener = new();

    public Metrics(IMeterFactory meters)
    {
        // The factory tells this host's meters from those of another host in the same process.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && IsWanted(instrument))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<IGrouping<string, Series>> ByName() =>
        _series.Values.GroupBy(s => s.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    private static bool IsOurs(Instrument instrument) => instrument.Meter.Name.StartsWith(Prefix, StringComparison.Ordinal);

    private static bool IsWanted(Instrument instrument) => IsSummed(instrument) && (IsOurs(instrument) || Framework.Contains(instrument.Name));

    /// <summary>What can be added up. How things stand now is read when it is asked for.</summary>
    private static bool IsSummed(Instrument instrument) => instrument is Counter<long> or Counter<double> or Histogram<long> or Histogram<double>;

    private static bool IsWantedTag(Instrument instrument, string tag) => IsOurs(instrument) || FrameworkLabels.Contains(tag);

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var tag in tags)
        {
            if (IsWantedTag(instrument, tag.Key))
            {
                labels.Add($"{PrometheusText.Name(tag.Key)}=\"{PrometheusText.Escape(tag.Value?.ToString() ?? "")}\"");
            }
        }

        var key = new SeriesKey(instrument, string.Join(',', labels.Order(StringComparer.Ordinal)));
        _series.GetOrAdd(key, static k => new Series(k.Instrument, k.Labels, Bounds)).Add(value);
    }

    private readonly record struct SeriesKey(Instrument Instrument, string Labels);
}

/// <summary>One instrument with one set of labels.</summary>
internal sealed class Series(Instrument instrument, string labels, double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Length];
    private double _sum;
    private long _count;

    public string Name { get; } = PrometheusText.Name(instrument.Name) + (instrument.Unit is "s" ? "_seconds" : "");

    public string Help { get; } = instrument.Description ?? "";

    public bool IsHistogram { get; } = instrument is Histogram<double> or Histogram<long>;

    public string Labels { get; } = labels;

    public IReadOnlyList<double> Bounds => bounds;

    public void Add(double value)
    {
        lock (_lock)
        {
            _sum += value;
            _count++;
            var bucket = Array.FindIndex(bounds, bound => value <= bound);
            if (bucket >= 0)
            {
                _buckets[bucket]++;
            }
        }
    }

    /// <summary>The count in each bucket, of that bucket alone; the sum and count of all.</summary>
    public (long[] Buckets, double Sum, long Count) Read()
    {
        lock (_lock)
        {
            return ([.. _buckets], _sum, _count);
        }
    }
}
