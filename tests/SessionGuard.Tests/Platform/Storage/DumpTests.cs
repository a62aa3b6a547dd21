using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Keys;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Tests.Platform.Storage;

/// <summary>Fills every personal column by the ways people and Zoom take, and looks for their words in what a thief of the database has.</summary>
public sealed class DumpTests
{
    private const string Public = "canary-name-of-the-school";
    private const string WebhookSecret = "canary-webhook-secret";
    private const string PreviousSecret = "canary-previous-secret";
    private const string ClientSecret = "canary-client-secret";
    private const string LeadName = "canary-name-of-the-lead";
    private const string LeadEmail = "canary-lead@alder.example";
    private const string LeadPhone = "canary-phone-of-the-lead";
    private const string Teacher = "canary-teacher@alder.example";
    private const string TeacherName = "canary-teachers-name";
    private const string Surname = "canary-surname";
    private const string CarerEmail = "canary-carer@family.example";
    private const string Refused = "canary-refused@family.example";
    private const string Phone = "canary-phone-01632";
    private const string Number = "canary-school-number";
    private const string ScreenName = "canary-screen-name";
    private const string ClassName = "canary-class";
    private const string Topic = "canary-topic";
    private const string Participant = "canary-participant";
    private const string Operator = "canary-operator@family.example";
    private const string Passcode = "canary-passcode";
    private const string SeatLink = "canary-link-of-the-seat";
    private const string PhonePin = "canary-phone-pin";
    private const string OtherAdult = "canary-other-adult";
    private const string Explanation = "canary-explanation";
    private const string Note = "canary-note-of-the-lead";
    private const string HoldReason = "canary-reason-of-the-hold";

    private static readonly string[] Words =
    [
        WebhookSecret, PreviousSecret, ClientSecret, LeadName, LeadEmail, LeadPhone, Teacher, TeacherName, Surname, CarerEmail, Refused, Phone, Number,
        ScreenName, ClassName, Topic, Participant, Operator, Passcode, SeatLink, PhonePin, OtherAdult, Explanation, Note, HoldReason,
    ];

    [Theory, OnEachEngine]
    internal async Task A_dump_names_nobody_and_opens_nothing(StorageEngine engine)
    {
        await using var server = new ScriptedSmtpServer
        {
            Answer = (step, line) => step is SmtpStep.Recipient && line.Contains(Refused, StringComparison.Ordinal) ? $"550 {Refused} is unknown" : null,
        };
        await using var app = await App.StartAsync(engine, Settings(server));
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow(), withPeople: true);
        await DeliverAsync(app);
        var codes = await ServeFamilyAsync(app);
        await WorkOnFlagAsync(app, school);
        await SignInAsync(app, server, codes);
        await using (var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope())
        {
            await scope.ServiceProvider.GetRequiredService<Holds>().HoldSchoolAsync(app.School.Id, HoldReason, CancellationToken.None);
        }

        Assert.Empty(await EmptyColumnsAsync(app));
        Assert.Equal(0, await CountOlderAsync(app));
        Assert.Contains(await app.OutboxAsync(), m => m.State is OutboxState.Failed && m.To == Refused);

        var dump = await Dump.OfAsync(app, engine);
        Assert.Equal([Public], dump.Find([Public]));
        Assert.Empty(dump.Find([.. Words, .. codes, Convert.ToBase64String(await File.ReadAllBytesAsync(TestKeys.File))]));
        var ledger = await app.ReadAsync(db => db.Set<LedgerEntry>().Select(e => e.Actor + " " + e.Action + " " + e.Subject + " " + e.Data).ToListAsync());
        Assert.All((string[])["flag.explained", "person.added", "mail.failed", "answer."], action => Assert.Contains(ledger, e => e.Contains($" {action}", StringComparison.Ordinal)));
        Assert.All(ledger, entry => Assert.DoesNotContain("canary", entry, StringComparison.OrdinalIgnoreCase));
        Assert.All(ledger, entry => Assert.DoesNotContain('@', entry));
    }

    private static Dictionary<string, string?> Settings(ScriptedSmtpServer server) => new(server.Settings.Concat(SeededSchool.Settings))
    {
        ["Organisations:0:Name"] = Public,
        ["Organisations:0:Lead:Name"] = LeadName,
        ["Organisations:0:Lead:Email"] = LeadEmail,
        ["Organisations:0:Lead:Phone"] = LeadPhone,
        ["Organisations:0:Zoom:ClientSecret"] = ClientSecret,
        ["Organisations:0:Zoom:WebhookSecret"] = WebhookSecret,
        ["Organisations:0:Zoom:PreviousWebhookSecret"] = PreviousSecret,
    };

    private static async Task DeliverAsync(App app)
    {
        using var client = app.Stranger();
        foreach (var (name, inside) in new[]
        {
            ("meeting.created", $$""" "type": 2, "start_time": "2026-11-24T15:00:00Z", "duration": 60, "timezone": "Europe/London", "password": "{{Passcode}}", "join_url": "https://zoom.example/j/1?pwd={{Passcode}}" """),
            ("meeting.participant_joined", $$""" "participant": { "user_id": "16778240", "user_name": "{{Participant}}", "email": "{{Operator}}", "participant_uuid": "55555AAAiAAAAAiAiAiiAii", "join_time": "2026-11-24T12:00:00Z" } """),
            ("meeting.nonsense", $$""" "note": "{{Participant}}" """),
        })
        {
            var body = $$"""
                { "event": "{{name}}", "event_ts": 1795521600000, "payload": { "account_id": "{{App.AccountId}}", "operator": "{{Operator}}",
                  "object": { "id": "85512345678", "uuid": "4444AAAiAAAAAiAiAiiAiw==", "host_id": "host-canary", "host_email": "{{Teacher}}", "topic": "{{Topic}}", {{inside}} } } }
                """;
            using var good = ZoomSigned.Request(App.Slug, WebhookSecret, app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(body));
            Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(good)).StatusCode);
        }

        await app.RunAsync<ProcessInboxJob>();
    }

    /// <returns>The codes in the family's addresses.</returns>
    private static async Task<List<string>> ServeFamilyAsync(App app)
    {
        var families = new FamilySchool(app.Services);
        var tap = await families.ClassAsync(ClassName, App.Noon.AddMinutes(90), topic: Topic);
        var carer = await families.CarerAsync($"Jo {Surname}", CarerEmail);
        var away = await families.CarerAsync($"Al {Surname}", Refused);
        var child = await families.ChildAsync($"Maya {Surname}", [carer], tap);
        await families.ChildAsync($"Leo {Surname}", [away], tap);
        await families.ChangeAsync<Person>(carer.Id, p => (p.Phone, p.DisownedEmail) = (Phone, Operator));
        await families.ChangeAsync<Person>(child.Id, p => p.ScreenName = ScreenName);
        var box = app.Services.GetRequiredService<SecretBox>();
        await families.ChangeAsync<Seat>((await families.SeatOfAsync(child, tap)).Id, s => (s.ScreenName, s.State, s.SealedLink, s.SealedPhonePin, s.MeetingId) =
            (ScreenName, SeatState.Linked, box.Seal($"https://us06web.zoom.us/w/1?tk={SeatLink}"), box.Seal(PhonePin), tap.MeetingId));
        await app.RunAsync<SendRemindersJob>();
        string[] paths = [await families.ConfirmPathAsync(carer, tap), await families.JoinPathAsync(carer, tap), await families.StopPathAsync(carer)];
        using var browser = app.Stranger();
        using var answered = await (await Form.OpenAsync(browser, paths[0])).SendAsync(("answer", "another-adult"), ("otherAdult", OtherAdult));
        Assert.Contains(await app.ReadAsync(db => db.Set<Answer>().ToListAsync()), a => a.OtherAdult == OtherAdult);
        return [.. paths.Select(p => p[3..])];
    }

    private static async Task WorkOnFlagAsync(App app, SeededSchool school)
    {
        using var teacher = app.WithToken(school.Teacher);
        using var lead = app.WithToken(school.Lead);
        using var office = app.WithToken(school.Admin);
        foreach (var (client, path, body) in new (HttpClient, string, object)[]
        {
            (teacher, $"/api/v1/flags/{school.Flag}/explain", new { text = Explanation }),
            (lead, $"/api/v1/flags/{school.Flag}/close", new { reason = "wrong-alarm", note = Note }),
            (office, "/api/v1/people", new { kind = "child", name = Surname, bornOn = "2017-05-04", reference = Number }),
            (office, "/api/v1/staff", new { name = TeacherName, email = Teacher, role = "teacher" }),
        })
        {
            using var answer = await client.PostAsJsonAsync(path, body);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        }

        await app.RunAsync<EvaluateSessionsJob>();
    }

    private static async Task SignInAsync(App app, ScriptedSmtpServer server, List<string> codes)
    {
        await using (var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope())
        {
            await scope.ServiceProvider.GetRequiredService<SendSignInLinks>().HandleAsync(Teacher, null, CancellationToken.None);
        }

        await app.RunAsync<SendMailJob>();
        var mail = server.Messages.Single(m => m.Header("Subject").Contains("Sign in", StringComparison.Ordinal));
        codes.Add(mail.Button.Segments[^1]);
    }

    /// <summary>Sealed columns in which no row has anything yet: nothing was shown of them.</summary>
    private static Task<List<string>> EmptyColumnsAsync(App app) => app.ReadAsync(async db =>
    {
        var empty = new List<string>();
        foreach (var table in SealedTable.In(db.Model))
        {
            foreach (var column in table.Columns.Where(c => c.Name != "phone_number")) // the library's, and nobody's
            {
                var rows = $"SELECT COUNT(*) AS \"Value\" FROM \"{table.Name}\" WHERE \"{column.Name}\" IS NOT NULL";
                if (await db.Database.SqlQueryRaw<long>(rows).SingleAsync() == 0)
                {
                    empty.Add($"{table.Name}.{column.Name}");
                }
            }
        }

        return empty;
    });

    private static async Task<long> CountOlderAsync(App app)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await scope.ServiceProvider.GetRequiredService<ReencryptionPass>().CountAsync(CancellationToken.None);
    }
}
