using System.Globalization;
using System.Text;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Platform.Http;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Name(string name) => name.Replace('.', '_').Replace('-', '_');

    public static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static void Write(StringBuilder text, Figure figure)
    {
        Head(text, figure.Name, figure.Help, "gauge");
        foreach (var value in figure.Values)
        {
            var labels = value.Label.Length > 0 ? $"{value.Label}=\"{Escape(value.LabelValue)}\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"{figure.Name}{Braced(labels)} {value.Value}\n");
        }
    }

    public static void Write(StringBuilder text, IGrouping<string, Series> instrument)
    {
        var first = instrument.First();
        var name = first.IsHistogram ? instrument.Key : instrument.Key + "_total";
        Head(text, name, first.Help, first.IsHistogram ? "histogram" : "counter");
        foreach (var series in instrument.OrderBy(s => s.Labels, StringComparer.Ordinal))
        {
            if (series.IsHistogram)
            {
                Histogram(text, name, series);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(series.Labels)} {series.Read().Sum}\n");
            }
        }
    }

    private static void Head(StringBuilder text, string name, string help, string type) => text
        .Append(CultureInfo.InvariantCulture, $"# HELP {name} {help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n")
        .Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");

    private static void Histogram(StringBuilder text, string name, Series series)
    {
        var (buckets, sum, count) = series.Read();
        var comma = series.Labels.Length > 0 ? "," : "";
        long below = 0;
        foreach (var (bound, inside) in series.Bounds.Zip(buckets))
        {
            below += inside;
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{series.Labels}{comma}le=\"{bound}\"}} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{series.Labels}{comma}le=\"+Inf\"}} {count}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(series.Labels)} {sum}\n{name}_count{Braced(series.Labels)} {count}\n");
    }

    private static string Braced(string labels) => labels.Length > 0 ? $"{{{labels}}}" : "";
}
