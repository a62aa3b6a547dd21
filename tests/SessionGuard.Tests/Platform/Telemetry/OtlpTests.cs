using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;
using SessionGuard.School.People;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Platform.Telemetry;

public sealed class OtlpTests
{
    private const string Child = "Quillon";
    private const string Email = "quillon-carer@family.example";
    private const string Passcode = "quillon-passcode";
    private const string Secret = "quillon-webhook-secret";
    private const string Query = "quillon-query";
    private const string Method = "PLANTEDMETHOD";

    [Theory, OnEachEngine]
    internal async Task Traces_metrics_and_logs_reach_a_collector_and_nobody_is_in_them(StorageEngine engine)
    {
        await using var collector = await Collector.StartAsync();
        string[] codes;
        await using (var school = await SchoolOnZoom.StartAsync(engine, new(collector.Settings)
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Organisations:0:Zoom:PreviousWebhookSecret"] = Secret,
        }))
        {
            school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting(Child, App.Noon.AddHours(5)) { Passcode = Passcode });
            await school.CarryAsync();
            codes = await ServeFamilyAsync(school.App);
            await RunAsync<ProcessInboxJob>(school.App);
            await RunAsync<CheckUpcomingMeetingsJob>(school.App);
            await RunAsync<SendMailJob>(school.App);
            await FailAsync(school.App, engine);
            HandOver(school.App.Services);
        }

        var (traces, metrics, logs) = (collector.Received("traces"), collector.Received("metrics"), collector.Received("logs"));
        Assert.All(
            (string[])["GET j/{code}", "POST /webhooks/zoom/{organisation}", "http.route", "_OTHER", "ProcessInbox", "ApplyDeliveries", "GET meetings/{id}", "SendMail", "sessionguard"],
            word => Assert.Contains(word, traces, StringComparison.Ordinal));
        Assert.All(
            (string[])["http.server.request.duration", "sessionguard.job.duration", "sessionguard.mail.tries", "sessionguard.zoom.tokens", "sessionguard.inbox.waiting", "j/{code}"],
            word => Assert.Contains(word, metrics, StringComparison.Ordinal));
        Assert.Contains("answered", logs, StringComparison.Ordinal);
        Assert.True(engine is StorageEngine.Sqlite || traces.Contains("db.query.text", StringComparison.Ordinal)); // spans are the process', so another test's may be among them
        Assert.DoesNotContain("/health/live", traces, StringComparison.Ordinal);
        string[] canaries = [Child, Email, Passcode, Secret, App.WebhookSecret, "alder-client-secret", Query, Method, .. codes];
        foreach (var (signal, sent) in new[] { ("traces", traces), ("metrics", metrics), ("logs", logs) })
        {
            var found = canaries.Where(canary => sent.Contains(canary, StringComparison.OrdinalIgnoreCase)).Select(canary => Around(sent, canary)).ToList();
            Assert.True(found.Count == 0, $"In {signal}: {string.Join(" | ", found)}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_that_traces_or_exports_is_loaded_unless_a_collector_is_named(bool named)
    {
        using var folder = new TemporaryFolder();
        await using var collector = await Collector.StartAsync();
        var settings = App.Settings(folder, StorageEngine.Sqlite, "");
        foreach (var (key, value) in named ? collector.Settings : [])
        {
            settings[key] = value;
        }

        await using var service = ProgramRun.Start(folder, ["serve", "--urls=http://127.0.0.1:0"], settings);
        var address = (await service.LineAsync("Now listening on")).Split("Now listening on: ")[1].Split('"')[0];
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await client.GetStringAsync("/sign-in");

        var loaded = await File.ReadAllTextAsync($"/proc/{service.Id}/maps");
        Assert.Contains("sessionguard.dll", loaded, StringComparison.Ordinal);
        string[] libraries = ["Exporter.OpenTelemetryProtocol", "Instrumentation.AspNetCore", "Instrumentation.Http"];
        Assert.All(libraries, library => Assert.Equal(named, loaded.Contains($"OpenTelemetry.{library}", StringComparison.Ordinal)));
        Assert.Equal(0, await service.StopAsync());
        Assert.Equal(named, collector.Received("logs").Length > 0);
    }

    [Fact]
    public async Task Where_figures_are_exported_they_are_read_without_anybody_asking()
    {
        await using var collector = await Collector.StartAsync();
        var probe = new Probe();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, collector.Settings, services => services.AddSingleton<IFigureSource>(probe));

        app.Clock.Advance(TimeSpan.FromSeconds(30));

        await probe.Read.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_collector_that_is_away_or_hangs_costs_neither_answers_nor_a_long_stop()
    {
        using var folder = new TemporaryFolder();
        using var hanging = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        hanging.Start(); // takes connections and says nothing
        var settings = App.Settings(folder, StorageEngine.Sqlite, "");
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{hanging.LocalEndpoint}";
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        await using var service = ProgramRun.Start(folder, ["serve", "--urls=http://127.0.0.1:0"], settings);
        var address = (await service.LineAsync("Now listening on")).Split("Now listening on: ")[1].Split('"')[0];
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        Assert.Contains("alive", await client.GetStringAsync("/health/live"), StringComparison.Ordinal);

        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Equal(0, await service.StopAsync());
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    /// <summary>A family asks, a stranger guesses, and somebody makes up a method.</summary>
    /// <returns>The codes in the family's addresses.</returns>
    private static async Task<string[]> ServeFamilyAsync(App app)
    {
        var families = new FamilySchool(app.Services);
        var session = await families.ClassAsync(Child, App.Noon.AddMinutes(30));
        var carer = await families.CarerAsync($"Jo {Child}", Email);
        await families.ChildAsync($"Maya {Child}", [carer], session);
        string[] paths = [await families.JoinPathAsync(carer, session), await families.ConfirmPathAsync(carer, session)];
        using var browser = app.Stranger();
        // What a stranger says of a trace: its number is bytes, and bytes may be words.
        browser.DefaultRequestHeaders.Add("traceparent", $"00-{Convert.ToHexStringLower(Encoding.ASCII.GetBytes($"{Child}-trace-00"))}-0123456789abcdef-01");
        browser.DefaultRequestHeaders.Add("tracestate", $"{Child.ToLowerInvariant()}=1");
        browser.DefaultRequestHeaders.Add("baggage", $"child={Child}");
        browser.DefaultRequestHeaders.Add("User-Agent", Child);
        foreach (var path in (string[])[paths[0], $"{paths[1]}?x={Query}", $"/nowhere/{Query}", "/health/live", "/metrics"])
        {
            using var answer = await browser.GetAsync(path);
        }

        using var elsewhere = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"https://{Child}.example/sign-in"));
        using var madeUp = await browser.SendAsync(new HttpRequestMessage(new HttpMethod(Method), paths[0]));
        using var unreadable = ZoomSigned.Request(App.Slug, Secret, app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(Deliveries.Joined(1, topic: Child)));
        using var delivered = await browser.SendAsync(unreadable);
        await app.ReadAsync(async _ =>
        {
            await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SessionGuard.School.Staff.SendSignInLinks>().HandleAsync("lead@alder.example", null, CancellationToken.None);
            return 0;
        });
        return [.. paths.Select(p => p[3..])];
    }

    /// <summary>The end of the service does so too, and waits no longer than a school would: a busy machine may need more.</summary>
    private static void HandOver(IServiceProvider services)
    {
        Assert.True(services.GetRequiredService<TracerProvider>().ForceFlush());
        services.GetRequiredService<MeterProvider>().ForceFlush(); // says no in any case: what waits to be scraped takes part
        Assert.True(services.GetRequiredService<LoggerProvider>().ForceFlush());
    }

    /// <summary>The database refuses a value, and says which.</summary>
    private static async Task FailAsync(App app, StorageEngine engine)
    {
        if (engine is StorageEngine.PostgreSql)
        {
            var failure = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => app.ReadAsync(db => db.Database.ExecuteSqlAsync($"SELECT CAST({Query} AS uuid)")));
            Assert.Contains(Query, failure.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A word and what stands before it, so that a failure says where it is.</summary>
    private static string Around(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 150)..(at + word.Length)];
    }

    private static async Task RunAsync<TJob>(App app)
        where TJob : IJob
    {
        var pass = await app.Services.GetRequiredService<JobRunner>().RunAsync<TJob>(CancellationToken.None);
        Assert.Null(pass.Failure);
    }

    private sealed class Probe : IFigureSource
    {
        private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Read => _read.Task;

        public IReadOnlyList<Figure> Figures => [];

        public Task<IReadOnlyList<FigureValue>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
        {
            _read.TrySetResult();
            return Task.FromResult<IReadOnlyList<FigureValue>>([]);
        }
    }
}
