using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Platform.Jobs;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Platform.Telemetry;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Tests.Surfaces.Shell;

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
    private const string Surname = "canary-surname";
    private const string CarerEmail = "canary-carer@family.example";
    private const string Phone = "canary-phone-01632";
    private const string ScreenName = "canary-screen-name";
    private const string SeatLink = "canary-link-of-the-seat";
    private const string OtherAdult = "canary-other-adult";
    private const string Explanation = "canary-explanation";
    private const string Note = "canary-note-of-the-lead";

    [Fact]
    public async Task Nothing_of_people_or_secrets_reaches_logs_traces_metrics_health_or_error_pages()
    {
        var log = new EverythingLogged();
        var shown = new StringBuilder();
        await using var collector = await Collector.StartAsync();
        var canaries = await WalkAsync(log, collector, shown);
        shown.Append(await ForcedErrorsAsync(log));

        Assert.Empty(Found(canaries, log.ToString()));
        Assert.Empty(Found(canaries, shown.ToString()));
        Assert.Empty(Found(canaries, collector.ReceivedInAll));
    }

    /// <returns>All that must not be found, codes and tokens included.</returns>
    private static async Task<string[]> WalkAsync(EverythingLogged log, Collector collector, StringBuilder shown)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new(SeededSchool.Settings.Concat(collector.Settings))
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
            ["Organisations:0:Zoom:WebhookSecret"] = WebhookSecret,
            ["Organisations:0:Zoom:ClientSecret"] = ClientSecret,
            ["Zoom:ApiBaseUrl"] = "http://127.0.0.1:1/v2/", // nobody listens there
            ["Zoom:TokenUrl"] = "http://127.0.0.1:1/oauth/token",
        }, services => services.AddSingleton<ILoggerProvider>(log));
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow(), withPeople: true);
        var token = app.Services.GetRequiredService<Tokens>().Issue(new Viewer(school.Lead.Id, school.Lead.OrganisationId, Role.Lead), TimeSpan.FromHours(1));
        await DeliverAsync(app);
        await app.RunAsync<ProcessInboxJob>();
        await app.RunAsync<SendMailJob>();
        shown.Append(await VisitAsync(app, token));
        string[] canaries = [.. Canaries, .. await ServeFamilyAsync(app, school, shown), token, token.Split('.')[2]];
        using (var stranger = app.Stranger())
        {
            shown.Append(await stranger.GetStringAsync("/health/ready")).Append(await stranger.GetStringAsync("/metrics"));
        }

        await CheckInVainAsync(app);
        return canaries;
    }

    [Theory]
    [InlineData("in the line", Surname)]
    [InlineData("as a value", CarerEmail)]
    [InlineData("in an exception", Explanation)]
    [InlineData("around the line", ScreenName)]
    public async Task A_leak_that_is_planted_is_found(string where, string canary)
    {
        var log = new EverythingLogged();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, services: services => services.AddSingleton<ILoggerProvider>(log));
        Assert.Empty(Found(Canaries, log.ToString()));

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("SessionGuard.Planted");
        using (where is "around the line" ? logger.BeginScope(new Dictionary<string, object> { ["child"] = canary }) : null)
        {
            var values = where is "as a value" ? new Dictionary<string, object?> { ["to"] = canary } : [];
            logger.Log(LogLevel.Information, 1, values, where is "in an exception" ? new InvalidOperationException(canary) : null,
                (_, _) => where is "in the line" ? $"Sent to {canary}." : "Sent.");
        }

        Assert.Equal([canary], Found(Canaries, log.ToString()));
    }

    private static string[] Canaries { get; } =
    [
        Participant, Parent, Topic, Passcode, WebhookSecret, ClientSecret, Code, Query, InException, Surname, CarerEmail, Phone, ScreenName, SeatLink, OtherAdult,
        Explanation, Note,
    ];

    private static List<string> Found(IEnumerable<string> canaries, string text)
    {
        Assert.NotEmpty(text);
        return [.. canaries.Where(canary => text.Contains(canary, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>A family with canaries for names is asked, answers, rings, joins and stops; a flag about its class is explained and decided on.</summary>
    /// <returns>The codes in its links.</returns>
    private static async Task<IReadOnlyList<string>> ServeFamilyAsync(App app, SeededSchool school, StringBuilder shown)
    {
        var families = new FamilySchool(app.Services);
        var tap = await families.ClassAsync("Tap", App.Noon.AddMinutes(90));
        var carer = await families.CarerAsync($"Jo {Surname}", CarerEmail);
        var child = await families.ChildAsync($"Maya {Surname}", [carer], tap);
        await families.ChangeAsync<Person>(carer.Id, p => p.Phone = Phone);
        await families.ChangeAsync<Person>(child.Id, p => p.ScreenName = ScreenName);
        var link = app.Services.GetRequiredService<SecretBox>().Seal($"https://us06web.zoom.us/w/1?tk={SeatLink}");
        await families.ChangeAsync<Seat>((await families.SeatOfAsync(child, tap)).Id, s =>
            (s.ScreenName, s.State, s.SealedLink, s.MeetingId) = (ScreenName, SeatState.Linked, link, tap.MeetingId));
        await app.RunAsync<SendRemindersJob>();
        await app.RunAsync<SendMailJob>();
        string[] paths = [await families.ConfirmPathAsync(carer, tap), await families.JoinPathAsync(carer, tap), await families.StopPathAsync(carer)];
        using var browser = app.Stranger();
        using var answered = await (await Form.OpenAsync(browser, paths[0])).SendAsync(("answer", "another-adult"), ("otherAdult", OtherAdult));
        app.Clock.Advance(TimeSpan.FromMinutes(70));
        using var joined = await (await Form.OpenAsync(browser, paths[1])).SendAsync(("with", child.Id.ToString()));
        using var stopped = await browser.PostAsync(paths[2], new FormUrlEncodedContent([new("reminders", "stop")]));
        using var refused = await browser.PostAsync(paths[0], new FormUrlEncodedContent([new("otherAdult", OtherAdult)]));
        shown.Append(refused.Headers).Append(await refused.Content.ReadAsStringAsync());
        Assert.Equal(3, await app.ReadAsync(async db => (await db.Set<Answer>().ToListAsync()).Count(a => a.OtherAdult == OtherAdult) + await db.Set<CheckIn>().CountAsync(c => c.ChildId == child.Id)
            + await db.Set<Person>().CountAsync(p => p.Id == carer.Id && p.RemindersStoppedAt != null)));

        await WorkOnFlagAsync(app, school);
        await app.RunAsync<EvaluateSessionsJob>();
        await app.RunAsync<SendMailJob>();
        shown.AppendJoin('\n', ReceivedMail.In(app.Folder).Select(m => m.Header("Subject"))).AppendJoin('\n', (await app.OutboxAsync()).Select(m => m.Subject));
        return [.. paths.Select(p => p[3..])];
    }

    private static async Task WorkOnFlagAsync(App app, SeededSchool school)
    {
        using var teacher = app.WithToken(school.Teacher);
        using var lead = app.WithToken(school.Lead);
        using var office = app.WithToken(school.Admin);
        foreach (var (client, path, body) in new (HttpClient, string, object)[]
        {
            (teacher, $"/api/v1/flags/{school.Flag}/explain", new { text = new string('x', 300) + Explanation }),
            (teacher, $"/api/v1/flags/{school.Flag}/explain", new { text = Explanation }),
            (lead, $"/api/v1/flags/{school.Flag}/close", new { reason = "wrong-alarm", note = Note }),
            (lead, $"/api/v1/flags/{school.Flag}/close", new { reason = "wrong-alarm", note = Note }),
            (office, "/api/v1/people", new { kind = "child", name = Surname, bornOn = Surname, email = CarerEmail }),
            (office, "/api/v1/people", new { kind = "carer", name = Surname, email = CarerEmail, phone = Phone }),
            (office, "/api/v1/staff", new { name = Surname, email = CarerEmail + " ", role = Surname }),
        })
        {
            using var answer = await client.PostAsJsonAsync(path, body);
        }

        var flag = await app.ReadAsync(db => db.Set<Flag>().SingleAsync(f => f.Id == school.Flag));
        Assert.Equal((Explanation, Note), (flag.Explanation, flag.Note));
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
            services.AddSingleton(new JobScript { Pass = (_, _) => throw new InvalidOperationException(InException, new FormatException(InException)) });
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

        await app.Services.GetRequiredService<JobRunner>().RunAsync<ScriptedJob>(CancellationToken.None);
        return shown.Append(await WithoutRecordsAsync(app)).ToString();
    }

    /// <summary>Families, staff, machines and Zoom come while the tables are gone.</summary>
    private static async Task<string> WithoutRecordsAsync(App app)
    {
        await app.ReadAsync(db => db.Database.ExecuteSqlAsync($"""
            ALTER TABLE family_links RENAME TO gone_links; ALTER TABLE accounts RENAME TO gone_accounts; ALTER TABLE inbox_messages RENAME TO gone_inbox;
            """));

        using var visitor = app.Stranger();
        using var delivery = ZoomSigned.Request(App.Slug, App.WebhookSecret, app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(Deliveries.Joined(1, topic: Topic)));
        using var family = await visitor.GetAsync($"/j/{Code}?x={Query}");
        using var zoom = await visitor.SendAsync(delivery);
        using var signIn = await (await Form.OpenAsync(visitor, "/sign-in")).SendAsync(("email", Parent));
        await SessionGuard.Tests.School.Staff.Browser.SettleAsync(app);
        var pass = await app.Services.GetRequiredService<JobRunner>().RunAsync<ProcessInboxJob>(CancellationToken.None);
        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable, true), (family.StatusCode, zoom.StatusCode, pass.Failure is not null));
        return $"{await family.Content.ReadAsStringAsync()}{await visitor.GetStringAsync("/metrics")}";
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
}
