using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionGuard.Accounts;
using SessionGuard.Api;
using SessionGuard.Mail;
using SessionGuard.Sessions;
using SessionGuard.Sessions.Checking;
using SessionGuard.Storage;
using SessionGuard.Teaching;
using SessionGuard.Tests.Testing;
using SessionGuard.Webhooks;

namespace SessionGuard.Tests.Web;

/// <summary>Plants words that are found nowhere else, walks the whole service at the finest log level with errors forced, and looks for them.</summary>
public sealed class CanaryTests
{
    private const string Participant = "canary-participant-name";
    private const string Parent = "canary-parent@family.example";
    private const string Topic = "canary-topic";
    private const string Passcode = "canary-passcode";
    private const string WebhookSecret = "canary-webhook-secret";
    private const string ClientSecret = "canary-client-secret";
    private const string Code = "canary-code-in-a-path";
    private const string Query = "canary-query";
    private const string InException = "canary-exception-message";

    [Fact]
    public async Task Nothing_of_people_or_secrets_reaches_logs_metrics_health_or_error_pages()
    {
        var log = new EverythingLogged();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new(SeededSchool.Settings)
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
            ["Organisations:0:Zoom:WebhookSecret"] = WebhookSecret,
            ["Organisations:0:Zoom:ClientSecret"] = ClientSecret,
            ["Zoom:ApiBaseUrl"] = "http://127.0.0.1:1/v2/", // nobody listens there
            ["Zoom:TokenUrl"] = "http://127.0.0.1:1/oauth/token",
        }, services => services.AddSingleton<ILoggerProvider>(log));
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        var token = app.Services.GetRequiredService<Tokens>().Issue(new Viewer(school.Lead.Id, school.Lead.OrganisationId, Role.Lead), TimeSpan.FromHours(1));

        var shown = new StringBuilder();
        await DeliverAsync(app);
        await app.RunAsync<ProcessInboxJob>();
        await app.RunAsync<SendMailJob>();
        shown.Append(await VisitAsync(app, token));
        await CheckInVainAsync(app);
        shown.Append(await ForcedErrorsAsync(log));

        var logged = log.ToString();
        Assert.NotEmpty(logged);
        foreach (var canary in (string[])[Participant, Parent, Topic, Passcode, WebhookSecret, ClientSecret, Code, Query, InException, token, token.Split('.')[2]])
        {
            Assert.DoesNotContain(canary, logged, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(canary, shown.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task DeliverAsync(App app)
    {
        using var client = app.Stranger();
        foreach (var (name, inside) in new[]
        {
            ("meeting.created", $$""" "type": 2, "start_time": "2026-11-24T15:00:00Z", "duration": 60, "timezone": "Europe/London", "password": "{{Passcode}}", "join_url": "https://zoom.example/j/1?pwd={{Passcode}}" """),
            ("meeting.participant_joined", $$""" "participant": { "user_id": "16778240", "user_name": "{{Participant}}", "email": "{{Parent}}", "participant_uuid": "55555AAAiAAAAAiAiAiiAii", "join_time": "2026-11-24T12:00:00Z" } """),
            ("meeting.nonsense", $$""" "note": "{{Participant}}" """),
        })
        {
            var body = $$"""
                { "event": "{{name}}", "event_ts": 1795521600000, "payload": { "account_id": "{{App.AccountId}}", "operator": "{{Parent}}",
                  "object": { "id": "85512345678", "uuid": "4444AAAiAAAAAiAiAiiAiw==", "host_id": "host-sam", "topic": "{{Topic}}", {{inside}} } } }
                """;
            using var good = ZoomSigned.Request(App.Slug, WebhookSecret, app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(body));
            Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(good)).StatusCode);
            using var forged = ZoomSigned.Request(App.Slug, "another secret", app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(body));
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(forged)).StatusCode);
            using var unreadable = ZoomSigned.Request(App.Slug, WebhookSecret, app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(Participant + name));
            Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(unreadable)).StatusCode);
        }
    }

    /// <summary>Addresses with codes, tokens good and bad, forms with an address; returns what a machine or a failed visitor was shown.</summary>
    private static async Task<string> VisitAsync(App app, string token)
    {
        var shown = new StringBuilder();
        using var stranger = app.Stranger();
        foreach (var path in (string[])[$"/c/{Code}", $"/j/{Code}", $"/nowhere/{Code}?x={Query}", $"/api/v1/{Code}?x={Query}", $"/health/ready?x={Query}", $"/metrics?x={Query}"])
        {
            using var response = await stranger.GetAsync(path);
            shown.Append(response.Headers).Append(await response.Content.ReadAsStringAsync());
        }

        await stranger.GetAsync($"/sign-in/{Code}?return=/{Query}");
        await stranger.PostAsync("/sign-in", new FormUrlEncodedContent([new("email", Parent)]));
        using var signIn = app.Stranger();
        await (await Form.OpenAsync(signIn, "/sign-in")).SendAsync(("email", Parent));
        foreach (var bearer in (string[])[token, token + "x", $"{Code}.{Code}.{Code}"])
        {
            using var machine = app.Stranger();
            machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            await machine.GetAsync($"/api/v1/sessions?status={Query}");
            await machine.GetAsync("/api/v1/sessions");
        }

        shown.Append(await stranger.GetStringAsync("/metrics"));
        return shown.ToString();
    }

    private static async Task<string> ForcedErrorsAsync(EverythingLogged log)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new(SeededSchool.Settings) { ["Logging:LogLevel:Default"] = "Trace" }, services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            services.AddScoped<SessionQueries>(_ => throw new InvalidOperationException(InException, new FormatException(InException)));
        });
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        using var machine = app.WithToken(school.Lead);
        using var person = await app.SignedInAsync(school.Lead);
        var shown = new StringBuilder();
        foreach (var (client, path) in new[] { (machine, $"/api/v1/sessions?cursor={Query}"), (person, $"/sessions?when={Query}") })
        {
            using var response = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            shown.Append(await response.Content.ReadAsStringAsync());
        }

        return shown.ToString();
    }

    /// <summary>A pass that cannot reach Zoom. Its retries wait on the clock, which is moved until they are used up.</summary>
    private static async Task CheckInVainAsync(App app)
    {
        var began = Stopwatch.GetTimestamp();
        var pass = app.RunAsync<CheckUpcomingMeetingsJob>();
        while (!pass.IsCompleted && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(pass.IsCompleted, "The pass does not end.");
        await pass;
    }

    private sealed class EverythingLogged : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

        public void Dispose()
        {
        }

        public override string ToString() => string.Join('\n', _lines);

        private sealed class Line(EverythingLogged all, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
                all._lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {values} {exception}");
            }
        }
    }
}
