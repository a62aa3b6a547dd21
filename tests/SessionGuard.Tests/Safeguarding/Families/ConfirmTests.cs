using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Families;

public sealed class ConfirmTests
{
    private const string Scanner = "Mozilla/5.0 HeadlessChrome/120";

    private static readonly DateTimeOffset Five = App.Noon.AddHours(5);

    [Theory, OnEachEngine]
    internal async Task Opening_changes_nothing_however_often_and_by_whatever_method(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var family = await FamilyAsync(app);
        var before = await RowsAsync(app);
        using var browser = app.Stranger();
        foreach (var path in (string[])[family.Path, $"{family.Path}/not-me", await family.School.JoinPathAsync(family.Jo, family.Class), await family.School.StopPathAsync(family.Jo)])
        {
            before = await RowsAsync(app); // the links themselves have been made by now
            foreach (var method in (HttpMethod[])[HttpMethod.Head, HttpMethod.Get, HttpMethod.Get, HttpMethod.Options, HttpMethod.Get])
            {
                using var answer = await browser.SendAsync(new HttpRequestMessage(method, path));
            }

            Assert.Equal(before, await RowsAsync(app));
        }
    }

    [Theory, OnEachEngine]
    internal async Task A_press_is_kept_shown_changed_and_undone_and_judged_at_once(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var family = await FamilyAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("You will be there.", await family.PressAsync("present"), StringComparison.Ordinal);
        await family.PressAsync("present");
        Assert.Contains("Gran &amp; Grandad will be there.", await family.PressAsync("another-adult", " Gran & Grandad\r\n"), StringComparison.Ordinal);
        Assert.Contains("Not sent yet: press one.", await family.UndoAsync(), StringComparison.Ordinal);

        var answers = await app.ReadAsync(db => db.Set<Answer>().OrderBy(a => a.At).ToListAsync());
        Assert.Equal([(AnswerKind.Present, null), (AnswerKind.AnotherAdult, "Gran & Grandad")], answers.Select(a => (a.Kind, a.OtherAdult)));
        Assert.All(answers, a => Assert.Equal(app.Clock.GetUtcNow(), a.UndoneAt));
        Assert.Equal(app.Clock.GetUtcNow(), (await app.ReadAsync(db => db.Set<Session>().SingleAsync())).JudgeDueAt);
        var noted = await app.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Action.StartsWith("answer.")).OrderBy(e => e.Sequence).ToListAsync());
        Assert.Equal(["answer.given", "answer.given", "answer.undone", "answer.undone"], noted.Select(e => e.Action));
        Assert.All(noted, e => Assert.DoesNotContain("Gran", e.Data, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("another-adult", "", "Who will be there?")]
    [InlineData("another-adult", "\u202E \r\n", "Who will be there?")]
    [InlineData("another-adult", "1234567890123456789012345678901234567890123456789012345678901", "at most 60")]
    [InlineData("maybe", "", "Press one of the three answers")]
    [InlineData("", "", "Press one of the three answers")]
    public async Task A_press_without_a_usable_answer_keeps_nothing_and_says_why(string answer, string name, string why)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        using var response = await family.SendAsync(answer, name);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(why, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await app.ReadAsync(db => db.Set<Answer>().ToListAsync()));
    }

    [Fact]
    public async Task A_press_without_the_forms_token_is_refused()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        using var browser = app.Stranger();
        using var answer = await browser.PostAsync(family.Path, new FormUrlEncodedContent([new("answer", "present"), new("version", "1")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await app.ReadAsync(db => db.Set<Answer>().ToListAsync()));
    }

    [Theory, OnEachEngine]
    internal async Task Two_carers_who_press_at_once_both_stand_and_neither_sees_the_other(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var family = await FamilyAsync(app);
        var kim = family with { Jo = family.Kim, Path = await family.School.ConfirmPathAsync(family.Kim, family.Class) };

        var pages = await Task.WhenAll(family.PressAsync("another-adult", "Gran"), kim.PressAsync("cannot-come"));

        Assert.Equal(2, (await app.ReadAsync(db => db.Set<Answer>().ToListAsync())).Select(a => a.CarerId).Distinct().Count());
        Assert.DoesNotContain("You cannot come", pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Gran will be there", pages[1], StringComparison.Ordinal);
        Assert.All(pages, page => Assert.DoesNotContain("Poe", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.DoesNotContain("Smith", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, Scanner, true)]
    [InlineData(59, Scanner, true)]
    [InlineData(60, Scanner, false)]
    [InlineData(0, Family.Telephone, false)]
    public async Task A_scanners_press_right_after_the_mail_settles_nothing(int seconds, string agent, bool unsure)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        await app.RunAsync<SendRemindersJob>();
        await app.RunAsync<SendMailJob>();
        app.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var page = await family.PressAsync("present", agent: agent);

        Assert.Equal(unsure ? AnswerSource.UnsurePress : AnswerSource.Page, (await app.ReadAsync(db => db.Set<Answer>().SingleAsync())).Source);
        Assert.Contains(unsure ? "Please press once more." : "You will be there.", page, StringComparison.Ordinal);
        if (unsure)
        {
            Assert.Contains("You will be there.", await family.PressAsync("present", agent: Family.Telephone), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-1, "Not sent yet")]
    [InlineData(0, "This class has begun")]
    [InlineData(3599, "This class has begun")]
    [InlineData(3600, "This class is over")]
    [InlineData(3600 + 7199, "This class is over")]
    [InlineData(3600 + 7200, "We do not know this address")]
    public async Task A_link_answers_until_the_start_and_ends_two_hours_after_the_class(int secondsAfterStart, string words)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        app.Clock.Advance(Five.AddSeconds(secondsAfterStart) - App.Noon);
        using var browser = app.Stranger();
        using var answer = await browser.GetAsync(family.Path);

        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_on_a_page_from_before_the_start_or_before_a_move_keeps_nothing()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        using var browser = app.Stranger();
        var old = await Form.OpenAsync(browser, family.Path);
        await family.School.MoveAsync(family.Class, Five.AddHours(1));
        Assert.Equal(HttpStatusCode.Redirect, (await old.SendAsync(("answer", "present"))).StatusCode);

        var current = await Form.OpenAsync(browser, family.Path);
        app.Clock.Advance(Five.AddHours(1) - App.Noon);
        Assert.Equal(HttpStatusCode.Redirect, (await current.SendAsync(("answer", "present"))).StatusCode);
        Assert.Empty(await app.ReadAsync(db => db.Set<Answer>().ToListAsync()));
    }

    [Fact]
    public async Task After_a_move_the_page_says_both_times_and_asks_again()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        await family.PressAsync("present");
        await family.School.MoveAsync(family.Class, Five.AddDays(1));
        using var browser = app.Stranger();
        var page = await browser.GetStringAsync(family.Path);

        Assert.Contains("It was Tuesday 24 November, 5.00pm. It is now <strong>Wednesday 25 November, 5.00pm (UK time)</strong>", page, StringComparison.Ordinal);
        Assert.Contains("Not sent yet", page, StringComparison.Ordinal);
        Assert.Contains("You will be there.", await family.PressAsync("present"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Siblings_are_answered_for_together_or_one_by_one()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        var leo = await family.School.ChildAsync("Leo Smith", [family.Jo], family.Class);
        await family.PressAsync("present");
        Assert.Equal(2, (await app.ReadAsync(db => db.Set<Answer>().ToListAsync())).Count);

        Assert.Contains("You cannot come.", await (family with { Path = $"{family.Path}?for={leo.Id}" }).PressAsync("cannot-come"), StringComparison.Ordinal);
        using var browser = app.Stranger();
        var page = await browser.GetStringAsync(family.Path);
        Assert.Contains("<bdi>Leo</bdi>: <strong><bdi>You cannot come.</bdi></strong>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Maya</bdi>: <strong><bdi>You will be there.</bdi></strong>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task One_adult_is_not_asked_into_two_rooms_without_a_warning(int minutesLater, bool warned)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        await family.School.ChildAsync("Leo Smith", [family.Jo], await family.School.ClassAsync("Tap", Five.AddMinutes(minutesLater)));
        using var browser = app.Stranger();

        Assert.Equal(warned, (await browser.GetStringAsync(family.Path)).Contains("you cannot be in two rooms at once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_from_strangers_stay_text()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var school = new FamilySchool(app.Services);
        var ballet = await school.ClassAsync("<script>alert(1)</script>", Five);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        await school.ChildAsync("<img/src=x>\u202E Smith", [jo], ballet);
        var family = new Family(app, school, ballet, jo, jo, await school.ConfirmPathAsync(jo, ballet));
        var page = await family.PressAsync("another-adult", "<b>Gran</b>\u202E");

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Gran&lt;/b&gt; will be there.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", (await app.ReadAsync(db => db.Set<Answer>().SingleAsync())).OtherAdult, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_me_ends_every_link_and_all_mail_to_that_address_until_it_is_another()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        var join = await family.School.JoinPathAsync(family.Jo, family.Class);
        using var browser = app.Stranger();
        await (await Form.OpenAsync(browser, $"{family.Path}/not-me")).PressAsync();

        foreach (var path in (string[])[family.Path, $"{family.Path}/not-me", join])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
        }

        await app.RunAsync<SendRemindersJob>();
        Assert.Equal(["kim@family.example"], await app.ReadAsync(db => db.Set<OutboxMessage>().Select(m => m.To).ToListAsync()));
        await family.School.ChangeAsync<Person>(family.Jo.Id, p => p.Email = "jo.smith@family.example");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(await family.School.ConfirmPathAsync(family.Jo, family.Class))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(family.Path)).StatusCode);
    }

    [Theory]
    [InlineData("recorded", "Recorded")]
    [InlineData("stranger", "NotTheirs")]
    [InlineData("ahead", "WrongTime")]
    [InlineData("nameless", "NameNeeded")]
    [InlineData("cancelled", "Cancelled")]
    public async Task Staff_write_down_what_a_carer_said_by_telephone(string what, string expected)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var family = await FamilyAsync(app);
        var child = await app.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Kind == PersonKind.Child));
        var staff = Guid.CreateVersion7(App.Noon);
        await family.School.ChangeAsync<Session>(family.Class.Id, s => s.Status = what is "cancelled" ? SessionStatus.Cancelled : s.Status);
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var result = await scope.ServiceProvider.GetRequiredService<RecordPhoneAnswer>().HandleAsync(
            new PhoneAnswer(
                family.Class.Id, child.Id, what is "stranger" ? child.Id : family.Jo.Id, AnswerKind.AnotherAdult, what is "nameless" ? " " : "Gran",
                what is "ahead" ? App.Noon.AddMinutes(1) : App.Noon.AddMinutes(-5), staff),
            CancellationToken.None);

        Assert.Equal(expected, result.ToString());
        var kept = await app.ReadAsync(db => db.Set<Answer>().ToListAsync());
        Assert.Equal(what is "recorded" ? [(AnswerSource.Phone, staff, "Gran")] : [], kept.Select(a => (a.Source, a.RecordedBy!.Value, a.OtherAdult!)));
    }

    private static async Task<Family> FamilyAsync(App app)
    {
        var school = new FamilySchool(app.Services);
        var ballet = await school.ClassAsync("Ballet", Five);
        var (jo, kim) = (await school.CarerAsync("Jo Smith", "jo@family.example"), await school.CarerAsync("Kim Poe", "kim@family.example"));
        await school.ChildAsync("Maya Smith", [jo, kim], ballet);
        return new Family(app, school, ballet, jo, kim, await school.ConfirmPathAsync(jo, ballet));
    }

    private static Task<string> RowsAsync(App app) => app.ReadAsync(async db => string.Join(' ',
        await db.Set<FamilyLink>().CountAsync(), await db.Set<Answer>().CountAsync(), await db.Set<CheckIn>().CountAsync(), await db.Set<Ask>().CountAsync(),
        await db.Set<LedgerEntry>().CountAsync(), await db.Set<OutboxMessage>().CountAsync(),
        await db.Set<Person>().SumAsync(p => p.Version), await db.Set<Session>().Select(s => s.JudgeDueAt).SingleAsync()));
}
