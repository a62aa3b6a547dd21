using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.School.People;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.BrowserTests;

/// <summary>What a parent opens on an old phone: 320 pixels wide, no script.</summary>
public sealed class FamilyTests(Chromium chromium)
{
    private static readonly DateTimeOffset Five = new(2026, 3, 3, 17, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> States { get; } =
    [
        "confirm", "confirm-answered", "confirm-siblings", "confirm-two-rooms", "confirm-moved", "confirm-begun", "confirm-cancelled",
        "not-me", "unknown", "join-early", "join-open", "join-siblings", "join-student", "stop", "stop-student", "talk-school", "help-now-school",
    ];

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_familys_page_is_readable_in_every_state(string state)
    {
        Assert.SkipWhen(Chromium.Program is null, "Chromium is not installed (Debian: chromium).");
        await PageTests.LookAsync(chromium, null, $"family-{state}", await PathAsync(state));
    }

    [Fact]
    public async Task A_parent_answers_changes_it_names_another_adult_and_undoes_it()
    {
        await using var window = await chromium.OpenAsync(width: 320, script: false);
        var (page, school) = (window.Page, new FamilySchool(chromium.App.Services));
        var ballet = await school.ClassAsync("Ballet", Five);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        await school.ChildAsync("Maya Smith", [jo], ballet);

        await window.GoAsync(await school.ConfirmPathAsync(jo, ballet));
        await Assertions.Expect(page.GetByText("Not sent yet: press one.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Tuesday 3 March, 5.00pm (UK time)")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I will be there", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("You will be there.")).ToBeVisibleAsync();

        await page.GetByLabel("Who else?").FillAsync("Gran");
        await page.GetByLabel("Who else?").PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Gran will be there.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "We cannot come" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You cannot come.")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("You cannot come.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Not sent yet: press one.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_scanner_that_runs_scripts_and_waits_answers_nothing_and_the_parent_does()
    {
        var school = new FamilySchool(chromium.App.Services);
        var (ballet, jo) = (await school.ClassAsync("Ballet", Five), await school.CarerAsync("Jo Smith", "jo@family.example"));
        await school.ChildAsync("Maya Smith", [jo], ballet);
        var path = await school.ConfirmPathAsync(jo, ballet);
        await using (var scanner = await chromium.OpenAsync(width: 1280, script: true))
        {
            var posts = 0;
            scanner.Page.Request += (_, request) => posts += request.Method is "GET" ? 0 : 1;
            await scanner.GoAsync(path);
            await scanner.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await scanner.Page.EvaluateAsync("dispatchEvent(new Event('blur')), dispatchEvent(new Event('pagehide'))");
            await scanner.Page.ReloadAsync();
            Assert.Equal(0, posts);
        }

        await using var window = await chromium.OpenAsync(width: 320, script: false);
        await window.GoAsync(path);
        await Assertions.Expect(window.Page.GetByText("Not sent yet: press one.")).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "I will be there", Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("You will be there.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_parent_joins_by_the_childs_own_seat()
    {
        await using var window = await chromium.OpenAsync(width: 320, script: false);
        var (page, school) = (window.Page, new FamilySchool(chromium.App.Services));
        var tap = await school.ClassAsync("Tap", chromium.App.Clock.GetUtcNow().AddMinutes(10));
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        var maya = await school.ChildAsync("Maya Smith", [jo], tap);
        await school.LinkAsync(tap, maya, "https://us06web.zoom.us/w/81234500000?tk=mayas-own");

        await window.GoAsync(await school.JoinPathAsync(jo, tap));
        await Assertions.Expect(page.GetByLabel("I am with Maya now")).ToBeCheckedAsync();
        var asked = await page.RunAndWaitForRequestAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Join the class in Zoom" }).ClickAsync(), "https://*.zoom.us/**");

        Assert.Equal("https://us06web.zoom.us/w/81234500000?tk=mayas-own", asked.Url);
    }

    [Fact]
    public async Task Targets_are_large_enough_for_a_thumb()
    {
        await using var window = await chromium.OpenAsync(width: 320, script: true);
        await window.GoAsync(await PathAsync("confirm-siblings"));

        Assert.Empty(await window.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('main button, main nav a, main input:not([type=hidden])')].filter(e => e.getBoundingClientRect().height < 40).map(e => e.textContent)"));
    }

    private async Task<string> PathAsync(string state)
    {
        var school = new FamilySchool(chromium.App.Services);
        var now = chromium.App.Clock.GetUtcNow();
        var start = state.Split('-')[0] is "join" ? now.AddMinutes(20) : Five;
        var session = await school.ClassAsync("Ballet, ages 7 to 9", state is "join-early" ? Five.AddDays(1) : start);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        var maya = await school.ChildAsync("Maya Smith", [jo], session);
        if (state.EndsWith("siblings", StringComparison.Ordinal))
        {
            await school.ChildAsync("Leo Smith", [jo], session);
        }

        await TurnAsync(school, state, session, jo, maya, now);
        return state switch
        {
            "not-me" => $"{await school.ConfirmPathAsync(jo, session)}/not-me",
            "unknown" => "/c/AAAAAAAAAAAAAAAAAAAAAA",
            "talk-school" => "/talk/alder",
            "help-now-school" => "/help-now/alder",
            "stop" => await school.StopPathAsync(jo),
            "stop-student" => await school.StopPathAsync(await school.StudentAsync("Sam Reed", "sam@student.example", session)),
            "join-student" => await school.JoinPathAsync(await school.StudentAsync("Sam Reed", "sam@student.example", session), session),
            _ when state.StartsWith("join", StringComparison.Ordinal) => await school.JoinPathAsync(jo, session),
            _ => await school.ConfirmPathAsync(jo, session),
        };
    }

    private async Task TurnAsync(FamilySchool school, string state, Session session, Person jo, Person maya, DateTimeOffset now)
    {
        await school.JoinPathAsync(jo, session);
        switch (state)
        {
            case "confirm-answered":
                await SayAsync(session, jo, maya);
                break;
            case "confirm-moved":
                await SayAsync(session, jo, maya);
                await school.MoveAsync(session, Five.AddDays(1).AddMinutes(30));
                break;
            case "confirm-two-rooms":
                await school.ChildAsync("Leo Smith", [jo], await school.ClassAsync("Tap, ages 10 to 12", Five.AddMinutes(30)));
                break;
            case "confirm-begun":
                await school.ChangeAsync<Session>(session.Id, s => (s.Start, s.Status) = (now.AddMinutes(-5), SessionStatus.Live));
                break;
            case "confirm-cancelled":
                await school.ChangeAsync<Session>(session.Id, s => s.Status = SessionStatus.Cancelled);
                break;
            case "join-open":
                await school.ChangeAsync<ClassSeries>(session.SeriesId, s => s.Gate = true);
                break;
            default:
                break;
        }
    }

    private async Task SayAsync(Session session, Person carer, Person child)
    {
        await using var scope = chromium.App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var said = new Said(AnswerKind.AnotherAdult, "Gran", AnswerSource.Page, chromium.App.Clock.GetUtcNow());
        await scope.ServiceProvider.GetRequiredService<AnswerRegister>().GiveAsync(session, carer.Id, [child.Id], said, CancellationToken.None);
    }
}
