using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.School.People;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Safeguarding.Families;

/// <summary>A carer's own address for joining.</summary>
public sealed class OwnJoinTests
{
    private const string MayasLink = "https://us06web.zoom.us/w/81234500000?tk=mayas-own";

    private static readonly DateTimeOffset Five = App.Noon.AddHours(5);

    [Theory, OnEachEngine]
    internal async Task Siblings_on_one_screen_check_in_together_and_join_by_the_first_ones_seat(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var (school, tap, jo, maya) = await TapAsync(app);
        var zoe = await school.ChildAsync("Zoe Smith", [jo], tap);
        await school.LinkAsync(tap, maya, MayasLink);
        app.Clock.Advance(Five - App.Noon);
        using var browser = app.Stranger();
        var form = await Form.OpenAsync(browser, await school.JoinPathAsync(jo, tap));
        Assert.Equal(2, form.Html.Split("checked=\"checked\"").Length - 1);

        using var answer = await form.SendAsync(("with", maya.Id.ToString()), ("with", zoe.Id.ToString()));

        Assert.Equal(MayasLink, answer.Headers.Location?.AbsoluteUri);
        var kept = await app.ReadAsync(db => db.Set<CheckIn>().ToListAsync());
        Assert.Equal(new[] { maya.Id, zoe.Id }.Order(), kept.Select(c => c.ChildId).Order());
        Assert.All(kept, c => Assert.Equal((maya.Id, jo.Id, Five), (c.OnSeatOfChildId, c.CarerId, c.At)));
        Assert.Equal(2, await app.ReadAsync(db => db.Set<LedgerEntry>().CountAsync(e => e.Action == "check-in.given")));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Without_a_tick_a_gate_stays_shut_and_no_gate_lets_in(bool gate, bool leadsOn)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, tap, jo, maya) = await TapAsync(app, gate);
        await school.LinkAsync(tap, maya, MayasLink);
        app.Clock.Advance(Five - App.Noon);
        using var browser = app.Stranger();
        using var answer = await (await Form.OpenAsync(browser, await school.JoinPathAsync(jo, tap))).SendAsync();

        Assert.Equal(leadsOn ? MayasLink : null, answer.Headers.Location?.AbsoluteUri);
        Assert.Equal(!leadsOn, (await answer.Content.ReadAsStringAsync()).Contains("Please tick first", StringComparison.Ordinal));
        Assert.Empty(await app.ReadAsync(db => db.Set<CheckIn>().ToListAsync()));
    }

    [Fact]
    public async Task Another_familys_child_cannot_be_ticked()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, tap, jo, _) = await TapAsync(app, gate: true);
        var other = await school.ChildAsync("Ada Poe", [await school.CarerAsync("Kim Poe", "kim@family.example")], tap);
        app.Clock.Advance(Five - App.Noon);
        using var browser = app.Stranger();
        var form = await Form.OpenAsync(browser, await school.JoinPathAsync(jo, tap));
        using var answer = await form.SendAsync(("with", other.Id.ToString()));

        Assert.DoesNotContain("Ada", form.Html, StringComparison.Ordinal);
        Assert.Null(answer.Headers.Location);
        Assert.Empty(await app.ReadAsync(db => db.Set<CheckIn>().ToListAsync()));
    }

    [Fact]
    public async Task A_family_that_could_not_come_may_join_after_all_and_its_answer_stays()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, tap, jo, maya) = await TapAsync(app);
        await school.LinkAsync(tap, maya, MayasLink);
        using var browser = app.Stranger();
        await (await Form.OpenAsync(browser, await school.ConfirmPathAsync(jo, tap))).SendAsync(("answer", "cannot-come"));
        app.Clock.Advance(Five - App.Noon);
        using var answer = await (await Form.OpenAsync(browser, await school.JoinPathAsync(jo, tap))).SendAsync(("with", maya.Id.ToString()));

        Assert.Equal(MayasLink, answer.Headers.Location?.AbsoluteUri);
        Assert.Equal(AnswerKind.CannotCome, (await app.ReadAsync(db => db.Set<Answer>().SingleAsync())).Kind);
        Assert.Single(await app.ReadAsync(db => db.Set<CheckIn>().ToListAsync()));
    }

    [Theory]
    [InlineData("https://zoom.us.evil.test/w/1", false)]
    [InlineData("http://us06web.zoom.us/w/1", false)]
    [InlineData(MayasLink, true)]
    public async Task A_family_is_led_to_Zoom_and_nowhere_else(string link, bool leadsOn)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, tap, jo, maya) = await TapAsync(app);
        await school.LinkAsync(tap, maya, link);
        app.Clock.Advance(Five - App.Noon);
        using var browser = app.Stranger();
        using var answer = await (await Form.OpenAsync(browser, await school.JoinPathAsync(jo, tap))).SendAsync(("with", maya.Id.ToString()));

        Assert.Equal(leadsOn, answer.Headers.Location is not null);
    }

    [Fact]
    public async Task While_Zoom_is_silent_the_check_in_is_kept_and_the_shared_address_leads_nowhere()
    {
        await using var zoom = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);
        var (school, tap, jo, maya) = await TapAsync(zoom.App);
        zoom.App.Clock.Advance(Five - App.Noon);
        zoom.Zoom.Faults.Always(Fault.ScopeGone(), "GET");
        using var browser = zoom.App.Stranger();
        using var answer = await (await Form.OpenAsync(browser, await school.JoinPathAsync(jo, tap))).SendAsync(("with", maya.Id.ToString()));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("What you ticked is kept.", page, StringComparison.Ordinal);
        Assert.Single(await zoom.App.ReadAsync(db => db.Set<CheckIn>().ToListAsync()));

        var code = zoom.App.Services.GetRequiredService<LinkCodes>().GetCode(LinkCodes.OfClass, JoinAddresses.GetSubject(tap.SeriesId, 1));
        await school.ChangeAsync<ClassSeries>(tap.SeriesId, s => s.JoinCodeHash = LinkCodes.GetHash(code));
        Assert.Contains("You have a link of your own", await browser.GetStringAsync($"/j/{code}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1441, "You can join from Tuesday 24 November, 4.30pm")]
    [InlineData(-31, "You can join from 4.30pm")]
    [InlineData(-30, "Your class is open")]
    [InlineData(0, "Your class is on now")]
    [InlineData(60, "This class is over")]
    public async Task The_page_says_where_the_class_stands(int minute, string words)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, clock: new TestClock(App.Noon.AddDays(-2)));
        var (school, tap, jo, _) = await TapAsync(app);
        app.Clock.Advance(Five.AddMinutes(minute) - app.Clock.GetUtcNow());
        using var browser = app.Stranger();
        using var answer = await browser.GetAsync(await school.JoinPathAsync(jo, tap));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<(FamilySchool School, Session Tap, Person Jo, Person Maya)> TapAsync(App app, bool gate = false)
    {
        var school = new FamilySchool(app.Services);
        var tap = await school.ClassAsync("Tap", Five, gate: gate);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        return (school, tap, jo, await school.ChildAsync("Maya Smith", [jo], tap));
    }
}
