using System.Net;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Class;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Class;

/// <summary>Whoever holds a family's link, staff see on the class's page that it was used.</summary>
public sealed class LinkUsesTests
{
    private const string Scanner = "Mozilla/5.0 HeadlessChrome/120";
    private static readonly DateTimeOffset Five = App.Noon.AddHours(5);

    [Theory, OnEachEngine]
    internal async Task Each_use_of_a_link_is_listed_for_staff_the_newest_first(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, SeededSchool.Settings);
        var staff = await SeededSchool.PlantAsync(app.Services, App.Noon);
        var (jo, school) = await JoAsync(app);
        var (maya, kim) = (await school.ChildAsync("Maya Smith", [jo.Jo, jo.Kim], jo.Class), jo with { Jo = jo.Kim, Path = await school.ConfirmPathAsync(jo.Kim, jo.Class) });
        await app.RunAsync<SendRemindersJob>();
        await app.RunAsync<SendMailJob>();
        await StepAsync(app, () => jo.PressAsync("present", agent: Scanner));
        await StepAsync(app, () => jo.PressAsync("another-adult", "Gran"));
        await StepAsync(app, jo.UndoAsync);
        await StepAsync(app, () => kim.PressAsync("cannot-come"));
        app.Clock.Advance(Five - app.Clock.GetUtcNow());
        using var browser = app.Stranger();
        var (join, joinOfKim) = (await school.JoinPathAsync(jo.Jo, jo.Class), await school.JoinPathAsync(jo.Kim, jo.Class));
        await school.LinkAsync(jo.Class, maya, "https://us06web.zoom.us/w/81234500000?tk=mayas-own");
        await StepAsync(app, async () => await (await Form.OpenAsync(browser, join)).SendAsync(("with", maya.Id.ToString())));
        await StepAsync(app, async () => await (await Form.OpenAsync(browser, joinOfKim)).SendAsync());
        await StepAsync(app, async () => await (await Form.OpenAsync(browser, $"{kim.Path}/not-me")).SendAsync());

        var page = await PageAsync(app, staff.Lead, jo.Class.Id);
        string[] expected =
        [
            "What came by families’ links",
            "Kim’s link: “This is not for me”. It opens nothing any more.",
            "Kim’s link: on to Zoom, without a word about who is there.",
            "Jo’s link: “I am with Maya now”, and on to Zoom.",
            "Kim’s link: “We cannot come” for Maya.",
            "Jo’s link: took back what was said about Maya.",
            "Jo’s link: “Gran will be there” for Maya.",
            "Jo’s link: pressed right after our mail by what looked like a mail scanner; it did not count for Maya.",
            "We wrote to ",
        ];
        Assert.Equal(expected, expected.OrderBy(line => page.IndexOf(line, StringComparison.Ordinal)));
        Assert.All(expected, line => Assert.Contains(line, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Smith", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_a_page_or_a_word_by_telephone_is_no_use_of_a_link()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var staff = await SeededSchool.PlantAsync(app.Services, App.Noon);
        var (jo, school) = await JoAsync(app);
        var maya = await school.ChildAsync("Maya Smith", [jo.Jo], jo.Class);
        using var browser = app.Stranger();
        await browser.GetAsync(jo.Path);
        await browser.GetAsync(await school.JoinPathAsync(jo.Jo, jo.Class));
        await AddAsync(app, jo, maya.Id, AnswerSource.Phone, 1);

        Assert.DoesNotContain("What came by families’ links", await PageAsync(app, staff.Lead, jo.Class.Id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LinkUses.Most, false)]
    [InlineData(LinkUses.Most + 1, true)]
    public async Task However_often_somebody_presses_the_list_stays_readable(int presses, bool isCut)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var staff = await SeededSchool.PlantAsync(app.Services, App.Noon);
        var (jo, school) = await JoAsync(app);
        await AddAsync(app, jo, (await school.ChildAsync("Maya Smith", [jo.Jo], jo.Class)).Id, AnswerSource.Page, presses);

        var page = await PageAsync(app, staff.Lead, jo.Class.Id);

        Assert.Equal(LinkUses.Most, page.Split("Jo’s link: ").Length - 1);
        Assert.Equal(isCut, page.Contains($"The newest {LinkUses.Most} are shown.", StringComparison.Ordinal));
    }

    private static async Task<(Family Jo, FamilySchool School)> JoAsync(App app)
    {
        var school = new FamilySchool(app.Services);
        var ballet = await school.ClassAsync("Ballet", Five);
        var (jo, kim) = (await school.CarerAsync("Jo Smith", "jo@family.example"), await school.CarerAsync("Kim Smith", "kim@family.example"));
        return (new Family(app, school, ballet, jo, kim, await school.ConfirmPathAsync(jo, ballet)), school);
    }

    private static async Task StepAsync<T>(App app, Func<Task<T>> press)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await press();
    }

    private static Task AddAsync(App app, Family jo, Guid child, AnswerSource source, int presses) => app.WriteAsync(db => db.AddRange(
        Enumerable.Range(0, presses).Select(n => new Answer
        {
            Id = Guid.CreateVersion7(App.Noon),
            OrganisationId = app.School.Id,
            SessionId = jo.Class.Id,
            TimeVersion = 1,
            ChildId = child,
            CarerId = jo.Jo.Id,
            Kind = AnswerKind.Present,
            Source = source,
            At = App.Noon.AddSeconds(n),
        })));

    private static async Task<string> PageAsync(App app, Account who, Guid session)
    {
        using var client = await app.SignedInAsync(who);
        return WebUtility.HtmlDecode(await client.GetStringAsync($"/sessions/{session}"));
    }
}
