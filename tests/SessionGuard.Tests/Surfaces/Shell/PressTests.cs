using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Composition;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>The buttons on staff pages: pressed by everybody, for what is whose, and by pages that are not ours.</summary>
public sealed class PressTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    public static TheoryData<Who> Everybody { get; } = [.. Enum.GetValues<Who>()];

    public static TheoryData<string> Every { get; } = [.. Presses.All.Select(p => p.Name)];

    [Fact]
    public async Task Every_button_on_a_staff_page_is_tried_here()
    {
        var buttons = (await Presses.OfPagesAsync(fixture.App)).Where(b => !SchoolAccess.Table.Find(b.Page)!.Value.HasFlag(Callers.Stranger))
            .Select(b => $"{b.Page.RoutePattern.RawText!.Trim('/')} {b.Handler}");
        Assert.Equal(buttons.Order(StringComparer.Ordinal), Presses.All.Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_press_counts_by_whom_and_for_what_it_is_meant_and_changes_nothing_otherwise(Who who)
    {
        using var pen = await Pen.OfAsync(fixture.App, fixture.School.AccountOf(who));
        foreach (var press in Presses.All)
        {
            foreach (var whose in Enum.GetValues<Whose>())
            {
                var belongings = await Belongings.PlantAsync(fixture.App, whose);
                var before = await ChangesAsync();
                using var answer = await pen.SendAsync(press.Path(belongings), press.Fields(belongings));
                Assert.True(
                    (IsTheirs(who, whose) && press.MayInSchool(who)) == (await ChangesAsync() > before),
                    $"{who} pressed {press.Name} with {whose}: {answer.StatusCode}, {await ChangesAsync() - before} changes.");
            }
        }
    }

    [Fact]
    public async Task A_lead_decides_on_no_flag_about_a_class_of_their_own()
    {
        var own = await Belongings.PlantAsync(fixture.App, Whose.Own);
        await fixture.App.WriteAsync(db => db.Add(new SeriesTeacher
        {
            Id = Guid.NewGuid(),
            OrganisationId = fixture.App.School.Id,
            SeriesId = own.Series,
            AccountId = fixture.School.Lead.Id,
            IsMain = false,
        }));
        var before = await ChangesAsync();
        using var lead = await Pen.OfAsync(fixture.App, fixture.School.Lead);
        var close = Presses.All.Single(p => p.Name.EndsWith("Close", StringComparison.Ordinal));
        using var answer = await lead.SendAsync(close.Path(own), close.Fields(own));
        Assert.Contains("your deputy must decide", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await ChangesAsync());

        using var deputy = await Pen.OfAsync(fixture.App, fixture.School.Deputy);
        Assert.Equal(HttpStatusCode.Redirect, (await deputy.SendAsync(close.Path(own), close.Fields(own))).StatusCode);
        Assert.Equal(FlagStatus.Dismissed, await fixture.App.ReadAsync(db => db.Set<Flag>().Where(f => f.Id == own.Flag).Select(f => f.Status).SingleAsync()));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_press_that_is_not_from_our_page_in_the_same_browser_is_refused(string name)
    {
        var press = Presses.All.Single(p => p.Name == name);
        var who = Enum.GetValues<Who>().First(w => IsTheirs(w, Whose.Own) && press.MayInSchool(w));
        using var pen = await Pen.OfAsync(fixture.App, fixture.School.AccountOf(who));
        using var other = await Pen.OfAsync(fixture.App, fixture.School.Newcomer);
        using var stranger = await Pen.OfAsync(fixture.App, null);
        var own = await Belongings.PlantAsync(fixture.App, Whose.Own);
        var before = await ChangesAsync();
        string Fields(string? token) => string.Join('&', press.Fields(own).Append(("__RequestVerificationToken", token ?? ""))
            .Select(f => $"{f.Item1}={Uri.EscapeDataString(f.Item2)}"));
        foreach (var (content, cookies, site) in new (HttpContent, string?, string?)[]
        {
            (new FormUrlEncodedContent(press.Fields(own).Select(f => KeyValuePair.Create(f.Item1, f.Item2))), null, null),
            (Form(Fields("made-up")), null, null),
            (Form(Fields(other.Token)), null, null),
            (Form(Fields(stranger.Token)), null, null),
            (Form(Fields(other.Token)), $"{pen.Cookies.Split("; __Host-form=")[0]}; {other.Cookies.Split("; ")[1]}", null), // both halves of somebody else's
            (Form(Fields(null)), null, "cross-site"),
            (new StringContent(Fields(pen.Token), Encoding.UTF8, "text/plain"), null, null),
            (new StringContent(Fields(pen.Token), Encoding.UTF8, "text/plain"), null, "cross-site"),
        })
        {
            using var answer = await pen.SendAsync(press.Path(own), content, cookies, site);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(before, await ChangesAsync());
        }

        using var good = await pen.SendAsync(press.Path(own), Form(Fields(pen.Token)));
        Assert.True(await ChangesAsync() > before, $"The press itself is no good: {good.StatusCode}.");
    }

    [Theory]
    [InlineData("sessions/{id:guid} Phone", "answer")]
    [InlineData("sessions/{id:guid}/live Adult", "fact")]
    [InlineData("flags/{id:guid?} Close", "reason")]
    public async Task A_press_that_does_not_say_what_was_found_is_taken_for_no_answer(string name, string left)
    {
        var press = Presses.All.Single(p => p.Name == name);
        var own = await Belongings.PlantAsync(fixture.App, Whose.Own);
        using var lead = await Pen.OfAsync(fixture.App, fixture.School.Lead);
        var before = await ChangesAsync();
        var rest = press.Fields(own).Where(f => f.Item1 != left).ToList();
        foreach (var value in (string?[])[null, "", "Nonsense", "99"])
        {
            using var answer = await lead.SendAsync(press.Path(own), value is null ? rest : rest.Append((left, value)));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(before == await ChangesAsync(), $"“{value}” was taken for an answer.");
        }

        Assert.Empty(await fixture.App.ReadAsync(db => db.Set<Attestation>().Where(a => a.SessionId == own.Session).ToListAsync()));
    }

    private static StringContent Form(string fields) => new(fields, Encoding.UTF8, "application/x-www-form-urlencoded");

    private static bool IsTheirs(Who who, Whose whose) => (who, whose) switch
    {
        (Who.Teacher, _) => whose is Whose.Own,
        (Who.OtherTeacher, _) => whose is Whose.Colleagues,
        (Who.Lead or Who.Deputy or Who.Admin, _) => whose is Whose.Own or Whose.Colleagues,
        (Who.LeadElsewhere, _) => whose is Whose.OtherSchools,
        _ => false,
    };

    private Task<int> ChangesAsync() => fixture.App.ReadAsync(db => db.Set<LedgerEntry>().CountAsync());
}
