using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using SessionGuard.Classes.Sessions;
using SessionGuard.School.People;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.BrowserTests;

/// <summary>What a real browser tells others of a family's address, and what it shows when somebody goes back.</summary>
public sealed partial class FamilyLinkTests(Chromium chromium)
{
    private static readonly DateTimeOffset Five = new(2026, 3, 3, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task No_address_of_a_familys_page_goes_along_to_another_page_or_another_place()
    {
        await using var window = await chromium.OpenAsync(width: 320);
        await using var elsewhere = await Elsewhere.StartAsync();
        var (school, session, jo) = await JoAsync();
        foreach (var path in (string[])[await school.ConfirmPathAsync(jo, session), await school.JoinPathAsync(jo, session), await school.StopPathAsync(jo)])
        {
            var inside = new List<string>();
            void Note(object? sender, IRequest request) => inside.Add(request.Headers.GetValueOrDefault("referer", ""));
            await window.GoAsync(path);
            Assert.All(window.Requests, request => Assert.Equal(chromium.App.Address.Authority, request.Authority));
            window.Page.Request += Note;
            await window.Page.GetByRole(AriaRole.Link, new() { Name = "Who can I talk to?" }).ClickAsync();
            await Assertions.Expect(window.Page).ToHaveURLAsync(Talk());
            window.Page.Request -= Note;
            Assert.All(inside, referer => Assert.Equal("", referer));

            // As if a link to the outside stood on it, which it does not.
            await window.GoAsync(path);
            await window.Page.EvaluateAsync(
                "address => { const a = document.createElement('a'); a.href = address; a.id = 'outside'; a.textContent = 'out'; document.querySelector('main').append(a); }",
                elsewhere.Address.ToString());
            await window.Page.Locator("#outside").ClickAsync();
            await Assertions.Expect(window.Page.GetByText("Elsewhere")).ToBeVisibleAsync();
            window.Requests.Clear();
        }

        Assert.Equal(["", "", ""], elsewhere.Referers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_goes_back_after_answering_sees_the_answer_as_it_stands_now(bool script)
    {
        await using var window = await chromium.OpenAsync(width: 320, script: script);
        var page = window.Page;
        var (school, session, jo) = await JoAsync();
        await window.GoAsync("/help-now/alder");
        await window.GoAsync(await school.ConfirmPathAsync(jo, session));
        await page.GetByRole(AriaRole.Button, new() { Name = "I will be there", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("You will be there.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Who can I talk to?" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Talk());
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByText("You will be there.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "We cannot come" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You cannot come.")).ToBeVisibleAsync();
        // Each step back but the one to the page before lands on this one.
        await page.GoBackAsync();
        while (page.Url.Contains("/c/", StringComparison.Ordinal))
        {
            await Assertions.Expect(page.GetByText("You cannot come.")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("Not sent yet")).ToBeHiddenAsync();
            await page.GoBackAsync();
        }

        Assert.Contains("/help-now/", page.Url, StringComparison.Ordinal);
    }

    private async Task<(FamilySchool School, Session Session, Person Jo)> JoAsync()
    {
        var school = new FamilySchool(chromium.App.Services);
        var session = await school.ClassAsync("Ballet", Five);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        await school.ChildAsync("Maya Smith", [jo], session);
        return (school, session, jo);
    }

    [GeneratedRegex("/talk/")]
    private static partial Regex Talk();

    /// <summary>Somebody else's website, which keeps what it is told about where people come from.</summary>
    private sealed class Elsewhere(WebApplication app) : IAsyncDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _referers = new();

        public Uri Address => new(app.Urls.Single());

        /// <summary>One for each time that the page was opened; empty for a visitor who does not say where they come from.</summary>
        public IReadOnlyCollection<string> Referers => _referers;

        public static async Task<Elsewhere> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var elsewhere = new Elsewhere(builder.Build());
            await elsewhere.ServeAsync();
            return elsewhere;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task ServeAsync()
        {
            app.Run(context =>
            {
                if (context.Request.Path == "/")
                {
                    _referers.Enqueue(context.Request.Headers.Referer.ToString());
                }

                return context.Response.WriteAsync("Elsewhere");
            });
            return app.StartAsync();
        }
    }
}
