using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Composition;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Endpoint;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Infra;

/// <summary>An alert about a figure that nobody serves would keep quiet for ever. What the rules mean, promtool tests.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Folder = Path.Combine(Source.Root, "infra", "monitoring");

    [Fact]
    public async Task Every_figure_and_label_in_the_rules_and_the_dashboard_is_one_that_the_service_serves()
    {
        var expressions = await ExpressionsAsync();
        var served = await ServedAsync();

        var named = expressions.SelectMany(e => Figure().Matches(e)).ToList();
        Assert.True(named.Count > 25, "The expressions were not found.");
        Assert.Empty(named.Select(m => m.Groups["name"].Value).Except(served.Keys));
        Assert.Empty(named.SelectMany(m => LabelsIn(m).Except(served[m.Groups["name"].Value]).Select(l => $"{m.Groups["name"].Value}{{{l}}}")));
        Assert.Empty(expressions.SelectMany(e => GroupedBy(e).Except(Figure().Matches(e).SelectMany(m => served[m.Groups["name"].Value])).Select(l => $"{l} in {e}")));
    }

    [Fact]
    public async Task What_is_served_is_what_was_served_before_and_the_runtimes_own()
    {
        var served = await ServedAsync();

        var ours = served.Where(s => !s.Key.StartsWith("dotnet_", StringComparison.Ordinal) && !s.Key.EndsWith("_sum", StringComparison.Ordinal) && !s.Key.EndsWith("_count", StringComparison.Ordinal));
        Assert.Equal(Promised.ReplaceLineEndings("\n"), string.Join('\n', ours.Select(s => $"{s.Key} {string.Join(' ', s.Value.Order())}".TrimEnd()).Order(StringComparer.Ordinal)));
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

    /// <summary>A real scrape after there was something to count of everything: which labels each name has.</summary>
    private static async Task<Dictionary<string, HashSet<string>>> ServedAsync()
    {
        await using var school = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Tap", App.Noon.AddHours(5)));
        await school.CarryAsync();
        await using (var scope = school.App.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SendSignInLinks>().HandleAsync("lead@alder.example", null, CancellationToken.None);
        }

        var runner = school.App.Services.GetRequiredService<JobRunner>();
        await runner.RunAsync<CheckUpcomingMeetingsJob>(CancellationToken.None);
        await runner.RunAsync<SendMailJob>(CancellationToken.None);
        using var reader = school.App.Stranger();
        await reader.GetAsync("/health/live"); // a request is counted when it has ended
        var served = new Dictionary<string, HashSet<string>>();
        foreach (Match sample in Sample().Matches(await reader.GetStringAsync("/metrics")))
        {
            var name = sample.Groups["name"].Value;
            (served.TryGetValue(name, out var labels) ? labels : served[name] = []).UnionWith(LabelsIn(sample));
        }

        return served;
    }

    private static IEnumerable<string> LabelsIn(Match figure) => Label().Matches(figure.Groups["labels"].Value).Select(m => m.Groups["label"].Value);

    private static IEnumerable<string> GroupedBy(string expression) =>
        By().Matches(expression).SelectMany(m => m.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries));

    /// <summary>With equality alone: a pattern is for families' pages, whose routes begin alike.</summary>
    private static IEnumerable<string> ValuesOf(string label, IEnumerable<string> expressions) =>
        expressions.SelectMany(e => Regex.Matches(e, $"[{{,]{label}=\"([^\"]*)\"").Select(m => m.Groups[1].Value));

    /// <summary>Whoever has a dashboard or an alert of their own relies on these names and labels.</summary>
    private const string Promised = """
        http_client_request_duration_seconds_bucket http_request_method http_response_status_code le
        http_server_request_duration_seconds_bucket http_request_method http_response_status_code http_route le
        sessionguard_database_answers
        sessionguard_flags_critical_oldest_age_seconds
        sessionguard_flags_open severity
        sessionguard_inbox_oldest_age_seconds
        sessionguard_inbox_set_aside
        sessionguard_inbox_waiting
        sessionguard_job_duration_seconds_bucket error_type job le
        sessionguard_job_last_good_pass_age_seconds job
        sessionguard_job_overdue job
        sessionguard_mail_oldest_age_seconds
        sessionguard_mail_tries_total outcome
        sessionguard_mail_waiting
        sessionguard_webhooks_answers_total answer
        sessionguard_zoom_last_delivery_age_seconds organisation
        sessionguard_zoom_tokens_total outcome
        """;

    [GeneratedRegex(@"\b(?<name>(?:sessionguard|http_server|http_client)_\w+)(?:(?<labels>\{(?:[^}""]|""[^""]*"")*\})|(?=[\[) ]|$))")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^(?<name>[a-z_]+)(?<labels>\{(?:[^}""]|""[^""]*"")*\})? ", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"[{,](?<label>\w+)[=!]")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bby \((?<labels>[^)]+)\)")]
    private static partial Regex By();
}
