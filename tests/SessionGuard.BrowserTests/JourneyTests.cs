using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.BrowserTests;

public sealed class JourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_teacher_signs_in_by_a_link_finds_a_class_and_signs_out_without_script()
    {
        await using var window = await chromium.OpenAsync(width: 320, script: false);
        var page = window.Page;
        await window.GoAsync(await LinkAsync(chromium.App.School.OtherTeacher));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Today", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Classes", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Piano, one to one" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Safeguards" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        Assert.EndsWith("/sign-in", page.Url, StringComparison.Ordinal);
        await window.GoAsync("/sessions");
        Assert.Contains("/sign-in?", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_work_without_script_and_stand_in_the_address()
    {
        await using var window = await chromium.OpenAsync(chromium.App.School.Lead, script: false);
        await window.GoAsync("/sessions");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Needs attention" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Over", Exact = true }).ClickAsync();

        Assert.EndsWith("/sessions?when=past&attention=true", window.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(window.Page.GetByText("Monday ballet")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/sessions")]
    [InlineData("/jobs")]
    public async Task The_keyboard_reaches_everything_and_its_place_is_always_seen(string path)
    {
        await using var window = await chromium.OpenAsync(chromium.App.School.Lead);
        await window.GoAsync(path);
        var reached = new List<string>();
        var stops = await window.Page.Locator("a[href], button").CountAsync();
        for (var stop = 0; stop < stops; stop++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            reached.Add(await window.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()"));
            Assert.True(await window.Page.EvaluateAsync<bool>(
                """
                () => {
                  for (let e = document.activeElement; e && e !== document.body; e = e.parentElement) {
                    const style = getComputedStyle(e), box = e.getBoundingClientRect();
                    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3 && box.top >= 0 && box.width > 0) return true;
                  }
                  return false;
                }
                """), $"“{reached[^1]}” has the keyboard and does not show it.");
        }

        Assert.Equal("Skip to the page", reached[0]);
        Assert.Equal(stops, reached.Count);
    }

    [Fact]
    public async Task Skipping_leads_to_the_page_itself()
    {
        await using var window = await chromium.OpenAsync(chromium.App.School.Lead);
        await window.GoAsync("/sessions");
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("main", await window.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task A_class_prints_without_the_navigation()
    {
        await using var window = await chromium.OpenAsync(chromium.App.School.Teacher);
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await window.GoAsync($"/sessions/{chromium.App.School.Ready}");
        await window.PictureAsync("class-ready-print");

        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeHiddenAsync();
        await Assertions.Expect(window.Page.GetByText("We switched the waiting room on.").First).ToBeVisibleAsync();
    }

    private async Task<string> LinkAsync(Account account)
    {
        await using var scope = chromium.App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var link = await scope.ServiceProvider.GetRequiredService<SignInLinks>().IssueAsync(account.Id, TimeSpan.FromMinutes(15), CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
        return link.AbsolutePath;
    }
}
