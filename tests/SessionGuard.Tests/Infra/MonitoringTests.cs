using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Composition;
using SessionGuard.Platform.Http;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;
using SessionGuard.Zoom.Webhooks.Endpoint;

namespace SessionGuard.Tests.Infra;

/// <summary>An alert about a figure that nobody serves would keep quiet for ever. What the rules mean, promtool tests.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Folder = Path.Combine(Source.Root, "infra", "monitoring");

    [Fact]
    public async Task Every_figure_in_the_rules_and_the_dashboard_is_one_that_the_service_serves()
    {
        var named = (await ExpressionsAsync()).SelectMany(e => Figure().Matches(e).Select(m => m.Value)).ToHashSet();
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        var served = await ServedAsync(app);

        Assert.True(named.Count > 5, "The expressions were not found.");
        Assert.Empty(named.Except(served));
    }

    [Fact]
    public async Task Every_job_answer_and_route_in_them_is_one_there_is()
    {
        var expressions = await ExpressionsAsync();
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!).ToList();

        Assert.Empty(ValuesOf("job", expressions).Except([.. Schedule.All.Select(j => j.Name), "sessionguard"]));
        Assert.Empty(ValuesOf("answer", expressions).Except(Enum.GetNames<WebhookAnswer>()));
        Assert.Empty(ValuesOf("http_route", expressions).Except(routes));
    }

    /// <summary>Those of the rules, line by line, and those of the dashboard's panels.</summary>
    private static async Task<List<string>> ExpressionsAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var rules = (await File.ReadAllLinesAsync(Path.Combine(Folder, "alerts.yaml"), cancellation)).Where(line => !line.TrimStart().StartsWith('#'));
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "grafana-dashboard.json"), cancellation));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(p => p.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : [])
            .Select(t => t.GetProperty("expr").GetString()!);
        return [.. rules, .. panels];
    }

    /// <summary>What <c>/metrics</c> says at once, and what the service's meters will add when there is something to count.</summary>
    private static async Task<HashSet<string>> ServedAsync(App app)
    {
        var served = new HashSet<string>();
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name.StartsWith(Metrics.Prefix, StringComparison.Ordinal))
                {
                    served.UnionWith(NamesOf(new Series(instrument, "", [])));
                }
            },
        };
        listener.Start();
        foreach (var counting in typeof(Metrics).Assembly.GetTypes().Where(Counts))
        {
            app.Services.GetRequiredService(counting);
        }

        using var zoom = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient(ZoomHttp.ClientName);
        await Assert.ThrowsAsync<HttpRequestException>(() => zoom.GetAsync(new Uri("http://127.0.0.1:1/"), TestContext.Current.CancellationToken));
        using var reader = app.Stranger();
        await reader.GetAsync("/health/live"); // a request is counted when it has ended
        served.UnionWith(Sample().Matches(await reader.GetStringAsync("/metrics")).Select(m => m.Groups["name"].Value));
        return served;
    }

    private static bool Counts(Type type) =>
        type.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(IMeterFactory)));

    private static IEnumerable<string> NamesOf(Series series) =>
        series.IsHistogram ? [$"{series.Name}_bucket", $"{series.Name}_sum", $"{series.Name}_count"] : [$"{series.Name}_total"];

    /// <summary>With equality alone: a pattern is for families' pages, whose routes begin alike.</summary>
    private static IEnumerable<string> ValuesOf(string label, IEnumerable<string> expressions) =>
        expressions.SelectMany(e => Regex.Matches(e, $"[{{,]{label}=\"([^\"]*)\"").Select(m => m.Groups[1].Value));

    [GeneratedRegex(@"\b(sessionguard|http_server|http_client)_\w+(?=[{\[) ]|$)")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^(?<name>[a-z_]+)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
