using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Http;

/// <summary>What a scraper is handed, held against Prometheus' text exposition format 0.0.4.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Every_line_is_of_the_exposition_format()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        var meter = app.Services.GetRequiredService<IMeterFactory>().Create("SessionGuard.Odd");
        meter.CreateCounter<long>("sessionguard.odd", description: "One line,\nthen \\ another.")
            .Add(2, new("said", "a \"word\", a \\ and\na line"), new("other-name", null));
        using var client = app.Stranger();
        await client.GetAsync("/health/live");

        using var answer = await client.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Contains("""# HELP sessionguard_odd_total One line,\nthen \\ another.""" + "\n", text, StringComparison.Ordinal);
        Assert.Contains("""sessionguard_odd_total{other_name="",said="a \"word\", a \\ and\na line"} 2""" + "\n", text, StringComparison.Ordinal);
        foreach (var family in FamiliesOf(text))
        {
            Check(family.Name, family.Type, family.Samples);
        }
    }

    [Fact]
    public async Task Only_who_shows_the_token_reads_where_one_is_set()
    {
        const string Token = "a token of some length";
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Metrics:Token"] = Token });
        using var client = app.Stranger();
        foreach (var shown in (string?[])[null, "", "Bearer", $"Bearer {Token}x", $"Basic {Token}", Token])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            request.Headers.TryAddWithoutValidation("Authorization", shown);
            using var refused = await client.SendAsync(request);
            Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (refused.StatusCode, refused.Headers.WwwAuthenticate.ToString()));
            Assert.DoesNotContain("sessionguard_", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Contains("sessionguard_database_answers{} 1\n", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_records_the_service_still_tells_what_it_counted_and_that_they_are_away()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var client = app.Stranger();
        await client.GetAsync("/health/live");
        Assert.Contains("sessionguard_inbox_waiting", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        await app.ReadAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE inbox_messages RENAME TO gone"));
        app.Clock.Advance(TimeSpan.FromSeconds(6)); // longer than figures are kept

        var text = await client.GetStringAsync("/metrics");

        Assert.Contains("sessionguard_database_answers{} 0\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sessionguard_inbox", text, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count", text, StringComparison.Ordinal);
    }

    private static void Check(string name, string type, List<Match> samples)
    {
        Assert.NotEmpty(samples);
        Assert.Equal(samples.Count, samples.DistinctBy(s => s.Groups["name"].Value + s.Groups["labels"].Value).Count());
        if (type is not "histogram")
        {
            Assert.Equal(type is "counter", name.EndsWith("_total", StringComparison.Ordinal));
            Assert.All(samples, s => Assert.Equal(name, s.Groups["name"].Value));
            return;
        }

        foreach (var series in samples.GroupBy(s => Bound().Replace(s.Groups["labels"].Value, "").Trim('{', '}', ',')))
        {
            var buckets = series.Where(s => s.Groups["name"].Value == name + "_bucket").ToList();
            var bounds = buckets.ConvertAll(b => Bound().Match(b.Groups["labels"].Value).Groups["le"].Value);
            var counts = buckets.ConvertAll(b => double.Parse(b.Groups["value"].Value, CultureInfo.InvariantCulture));
            Assert.Equal("+Inf", bounds[^1]);
            Assert.Equal(bounds[..^1].Select(b => double.Parse(b, CultureInfo.InvariantCulture)).Order(), bounds[..^1].Select(b => double.Parse(b, CultureInfo.InvariantCulture)));
            Assert.Equal(counts.Order(), counts);
            Assert.Equal(counts[^1], double.Parse(Assert.Single(series, s => s.Groups["name"].Value == name + "_count").Groups["value"].Value, CultureInfo.InvariantCulture));
            Assert.Single(series, s => s.Groups["name"].Value == name + "_sum");
        }
    }

    /// <summary>Each with one TYPE, one HELP and then its samples; nothing stands outside of one, and no name comes twice.</summary>
    private static List<(string Name, string Type, List<Match> Samples)> FamiliesOf(string text)
    {
        var families = new List<(string Name, string Type, List<Match> Samples)>();
        var lines = text.TrimEnd('\n').Split('\n');
        for (var at = 0; at < lines.Length;)
        {
            var (type, help) = (TypeOf().Match(lines[at]), Help().Match(lines[at + 1]));
            Assert.True(help.Success && type.Success && help.Groups["name"].Value == type.Groups["name"].Value, lines[at]);
            var samples = lines.Skip(at + 2).TakeWhile(l => !l.StartsWith('#')).Select(l => Sample().Match(l)).ToList();
            Assert.All(samples, s => Assert.True(s.Success, lines[at]));
            families.Add((help.Groups["name"].Value, type.Groups["type"].Value, samples));
            at += 2 + samples.Count;
        }

        Assert.Equal(families.Count, families.DistinctBy(f => f.Name).Count());
        return families;
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\\\|\\n)*$")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$")]
    private static partial Regex TypeOf();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*")*)?\})? (?<value>[-+]?[0-9.]+(?:E[-+]?[0-9]+)?)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""le="(?<le>[^"]*)",?""")]
    private static partial Regex Bound();
}
