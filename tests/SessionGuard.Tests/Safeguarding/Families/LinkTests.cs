using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.People;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Families;

public sealed class LinkTests
{
    private static readonly DateTimeOffset Five = App.Noon.AddHours(5);

    [Fact]
    public async Task Whatever_is_wrong_with_a_code_the_answer_is_the_same_byte_for_byte()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var school = new FamilySchool(app.Services);
        var (over, on) = (await school.ClassAsync("Tap", App.Noon.AddHours(-4)), await school.ClassAsync("Ballet", Five));
        var (jo, kim) = (await school.CarerAsync("Jo Smith", "jo@family.example"), await school.CarerAsync("Kim Poe", "kim@family.example"));
        var (lee, mo) = (await school.CarerAsync("Lee Poe", "lee@family.example"), await school.CarerAsync("Mo Poe", "mo@family.example"));
        await school.ChildAsync("Maya Smith", [jo, kim, lee, mo], over, on);
        var (confirm, join, stop) = (await school.ConfirmPathAsync(jo, on), await school.JoinPathAsync(jo, on), await school.StopPathAsync(jo));
        var (expired, cancelled) = (await school.ConfirmPathAsync(jo, over), await school.ConfirmPathAsync(kim, on));
        string[] ofLeavers =
        [
            await school.ConfirmPathAsync(lee, on), await school.JoinPathAsync(lee, on), await school.StopPathAsync(lee),
            await school.ConfirmPathAsync(mo, on), await school.JoinPathAsync(mo, on),
        ];
        await app.WriteAsync(db =>
        {
            db.Set<Person>().Single(p => p.Id == lee.Id).LeftAt = App.Noon;
            db.Set<Carership>().Single(c => c.CarerId == mo.Id).NotAuthorised = true;
        });
        await app.ReadAsync(db => db.Set<FamilyLink>().Where(l => l.CarerId == kim.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.CancelledAt, App.Noon)));
        using var browser = app.Stranger();

        var answers = new HashSet<string>();
        string[] paths =
        [
            "/c/AAAAAAAAAAAAAAAAAAAAAA", "/j/AAAAAAAAAAAAAAAAAAAAAA", "/u/AAAAAAAAAAAAAAAAAAAAAA", "/c/x", expired, cancelled, .. ofLeavers,
            "/j/" + confirm[3..], "/u/" + confirm[3..], "/c/" + join[3..], "/u/" + join[3..], "/c/" + stop[3..], "/j/" + stop[3..],
        ];
        foreach (var path in paths)
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
            answers.Add($"{answer.Headers}{await answer.Content.ReadAsStringAsync()}");
        }

        var same = Assert.Single(answers);
        Assert.Contains("ask your school", same, StringComparison.Ordinal);
        Assert.Contains("Who can I talk to?", same, StringComparison.Ordinal);
        Assert.All((string[])[confirm, join, stop], path => Assert.DoesNotContain(path[3..], same, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guessing_is_held_up_and_a_code_that_works_is_not()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var school = new FamilySchool(app.Services);
        var ballet = await school.ClassAsync("Ballet", Five);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        await school.ChildAsync("Maya Smith", [jo], ballet);
        var good = await school.ConfirmPathAsync(jo, ballet);
        using var browser = app.Stranger();
        for (var guess = 1; guess <= CodeGuesses.Allowed; guess++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/{"cju"[guess % 3]}/guess-{guess}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.GetAsync("/c/one-more")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(good)).StatusCode);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/c/one-more")).StatusCode);
    }

    [Fact]
    public async Task Codes_are_long_all_different_and_not_in_the_database()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await using var scope = app.Services.CreateAsyncScope();
        var codes = scope.ServiceProvider.GetRequiredService<FamilyLinks>();
        var made = Enumerable.Range(0, 10_000).Select(_ => Guid.CreateVersion7(App.Noon))
            .SelectMany(id => Enum.GetValues<LinkPurpose>().Select(purpose => codes.GetCode(purpose, id))).ToList();

        Assert.Equal(30_000, made.Distinct(StringComparer.Ordinal).Count());
        Assert.All(made, code => Assert.Equal(22, code.Length)); // 16 bytes in base64url

        var school = new FamilySchool(app.Services);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        var path = await school.StopPathAsync(jo);
        Assert.Equal(path, await school.StopPathAsync(jo));
        var link = await app.ReadAsync(db => db.Set<FamilyLink>().SingleAsync());
        Assert.Equal(LinkCodes.GetHash(path[3..]), link.CodeHash);
    }

    [Fact]
    public async Task A_mail_program_stops_reminders_without_a_form_and_the_page_starts_them_again()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var school = new FamilySchool(app.Services);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        var path = await school.StopPathAsync(jo);
        using var program = app.Stranger();
        using var click = await program.PostAsync(path, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.OK, click.StatusCode);
        Assert.Equal(App.Noon, await StoppedAtAsync(app));

        using var again = await program.PostAsync(path, new FormUrlEncodedContent([new("reminders", "start")]));
        Assert.Equal((HttpStatusCode.Redirect, null), (again.StatusCode, await StoppedAtAsync(app)));
        using var nothing = await program.PostAsync(path, new FormUrlEncodedContent([new("reminders", "perhaps")]));
        Assert.Null(await StoppedAtAsync(app));
    }

    [Fact]
    public async Task Pages_say_who_listens_with_a_school_and_without()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var browser = app.Stranger();
        foreach (var path in (string[])["/talk", "/help-now", "/talk/nowhere", "/help-now/nowhere"])
        {
            Assert.DoesNotContain("Robin Lead", await browser.GetStringAsync(path), StringComparison.Ordinal);
        }

        Assert.Contains("0800 1111", await browser.GetStringAsync("/talk"), StringComparison.Ordinal);
        Assert.Contains("Robin Lead", await browser.GetStringAsync("/talk/alder"), StringComparison.Ordinal);
        Assert.Contains("999", await browser.GetStringAsync("/help-now/alder"), StringComparison.Ordinal);
    }

    private static Task<DateTimeOffset?> StoppedAtAsync(App app) => app.ReadAsync(db => db.Set<Person>().Select(p => p.RemindersStoppedAt).SingleAsync());
}
