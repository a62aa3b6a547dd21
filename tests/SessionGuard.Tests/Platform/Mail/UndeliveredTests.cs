using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Surfaces.Operations;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Mail;

public sealed partial class UndeliveredTests
{
    [Theory, OnEachEngine]
    internal async Task What_was_given_up_is_listed_newest_first_page_by_page_and_for_its_own_school_alone(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        foreach (var (day, state) in ((int, OutboxState)[])[(-31, OutboxState.Failed), (-3, OutboxState.Failed), (-2, OutboxState.Sent), (-1, OutboxState.Failed), (0, OutboxState.Failed)])
        {
            await app.WriteAsync(db => db.Add(Mail(app, App.Noon.AddDays(day), state)));
        }

        var first = await InScopeAsync(app, app.School.Id, mails => mails.ListAsync(null, 2, CancellationToken.None));
        var second = await InScopeAsync(app, app.School.Id, mails => mails.ListAsync(first.Next, 2, CancellationToken.None));

        Assert.Equal([0, -1], first.Items.Select(m => (m.CreatedAt - App.Noon).Days));
        Assert.Equal(-3, (Assert.Single(second.Items).CreatedAt - App.Noon).Days);
        Assert.Null(second.Next);
        Assert.Empty((await InScopeAsync(app, Guid.CreateVersion7(), mails => mails.ListAsync(null, 2, CancellationToken.None))).Items);
    }

    [Fact]
    public async Task An_address_that_a_server_refuses_for_good_is_shown_to_the_office_with_its_reason_and_to_nobody_else()
    {
        await using var server = new ScriptedSmtpServer { Answer = (step, _) => step is SmtpStep.Recipient ? "550 No such user" : null };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings.Concat(server.Settings).ToDictionary());
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        await app.QueueAsync(Letters.To(app, "jo@family.example") with { Purpose = "ask" });
        await app.RunAsync<SendMailJob>();

        using var office = await app.SignedInAsync(school.Admin);
        var page = WebUtility.HtmlDecode(await office.GetStringAsync("/undelivered"));

        Assert.Contains("A family was not asked about a class", page, StringComparison.Ordinal);
        Assert.Contains("To jo@family.example", page, StringComparison.Ordinal);
        Assert.Contains("550: the mail server refused it for good.", page, StringComparison.Ordinal);
        Assert.Contains("tried once", page, StringComparison.Ordinal);
        using var teacher = await app.SignedInAsync(school.Teacher);
        Assert.Equal(HttpStatusCode.Forbidden, (await teacher.GetAsync("/undelivered")).StatusCode);
    }

    [Fact]
    public void Every_purpose_that_a_mail_can_have_is_told_in_words_of_its_own()
    {
        var purposes = Source.FilesIn(Source.App).SelectMany(f => Purpose().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.Contains("digest", purposes);
        Assert.Contains("ask", purposes);
        var unknown = Title("of no purpose");
        Assert.DoesNotContain(purposes, purpose => Title(purpose) == unknown);
        static string Title(string purpose) => UndeliveredModel.Title(new Undelivered(Guid.Empty, purpose, "", default, 1, ""));
    }

    [GeneratedRegex("\\bPurpose = \"([^\"]+)\"")]
    private static partial Regex Purpose();

    private static OutboxMessage Mail(App app, DateTimeOffset at, OutboxState state) => new()
    {
        Id = Guid.CreateVersion7(at),
        OrganisationId = app.School.Id,
        Purpose = "ask",
        To = "jo@family.example",
        Subject = "Tap on Tuesday",
        SealedText = "sealed",
        SealedHtml = "sealed",
        MessageId = $"<{Guid.CreateVersion7():N}@alder.example>",
        CreatedAt = at,
        DueAt = at,
        State = state,
        LastError = "550: the mail server refused it for good.",
    };

    private static async Task<T> InScopeAsync<T>(App app, Guid school, Func<UndeliveredMail, Task<T>> use)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganisationScope>().Narrow(school);
        return await use(scope.ServiceProvider.GetRequiredService<UndeliveredMail>());
    }
}
