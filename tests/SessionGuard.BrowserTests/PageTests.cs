using Microsoft.Playwright;
using SessionGuard.School.Staff;

namespace SessionGuard.BrowserTests;

/// <summary>Every page, in every way people look at it: phone and desk, light and dark, enlarged.</summary>
public sealed class PageTests(Chromium chromium)
{
    /// <summary>In the dark nothing but the colours is different.</summary>
    private static readonly (string Name, int Width, ColorScheme Colours)[] Ways =
    [
        ("320-light", 320, ColorScheme.Light),
        ("320-dark", 320, ColorScheme.Dark),
        ("1280-zoomed", 640, ColorScheme.Light), // what 200 % leaves of the width
        ("1280-dark", 1280, ColorScheme.Dark),
        ("1280-light", 1280, ColorScheme.Light),
    ];

    public static TheoryData<string, string, string> Pages { get; } = new()
    {
        { "sign-in", "nobody", "/sign-in" },
        { "sign-in-link-gone", "nobody", "/sign-in/gone" },
        { "home", "teacher", "/" },
        { "home-empty", "newcomer", "/" },
        { "classes", "lead", "/sessions" },
        { "classes-past", "lead", "/sessions?when=past" },
        { "classes-attention", "lead", "/sessions?attention=true" },
        { "classes-empty", "newcomer", "/sessions?when=past" },
        { "class-ready", "teacher", "/sessions/{ready}" },
        { "class-not-ready", "teacher", "/sessions/{not-ready}" },
        { "class-running", "teacher", "/sessions/{live}" },
        { "live", "teacher", "/sessions/{live}/live" },
        { "flags", "lead", "/flags" },
        { "flags-with-teachers", "deputy", "/flags?show=teacher" },
        { "flags-nothing", "lead", "/flags?severity=Critical" },
        { "flag", "lead", "/flags/{flag}" },
        { "class-elsewhere", "teacher", "/sessions/{elsewhere}" },
        { "jobs", "lead", "/jobs" },
        { "inbox", "admin", "/inbox" },
        { "undelivered", "admin", "/undelivered" },
        { "not-this-role", "teacher", "/jobs" },
        { "not-found", "lead", "/nowhere" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public Task A_page_is_readable_for_everybody_and_asks_nobody_else(string name, string who, string path) =>
        LookAsync(chromium, Account(who), name, Address(path));

    internal static async Task LookAsync(Chromium chromium, Account? account, string name, string path)
    {
        await using var window = await chromium.OpenAsync(account);
        await window.GoAsync(path);
        await LookAsync(window, name);
        if (await window.Page.EvaluateAsync<int>("[...document.querySelectorAll('main details')].filter(d => !d.open).map(d => d.open = true).length") > 0)
        {
            await LookAsync(window, $"{name}-unfolded");
        }

        Assert.All(window.Requests, request => Assert.Equal(chromium.App.Address.Authority, request.Authority));
        Assert.DoesNotContain(window.Complaints, complaint => !complaint.Contains("status of 40", StringComparison.Ordinal));
    }

    private static async Task LookAsync(Window window, string name)
    {
        foreach (var way in Ways)
        {
            await window.Page.SetViewportSizeAsync(way.Width, 900);
            await window.Page.EmulateMediaAsync(new() { ColorScheme = way.Colours });
            await window.PictureAsync($"{name}-{way.Name}");

            var wrong = way.Colours is ColorScheme.Dark ? await Axe.CheckColoursAsync(window.Page) : await Axe.CheckAsync(window.Page);
            Assert.True(wrong.Length == 0, $"{name} {way.Name}: {string.Join("; ", wrong)}");
            Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                $"{name} {way.Name} scrolls sideways.");
        }
    }

    private Account? Account(string who) => who switch
    {
        "nobody" => null,
        "teacher" => chromium.App.School.Teacher,
        "newcomer" => chromium.App.School.Newcomer,
        "lead" => chromium.App.School.Lead,
        "deputy" => chromium.App.School.Deputy,
        "admin" => chromium.App.School.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(who), who, "Nobody is called that."),
    };

    private string Address(string path) => path
        .Replace("{ready}", chromium.App.School.Ready.ToString(), StringComparison.Ordinal)
        .Replace("{not-ready}", chromium.App.School.NotReady.ToString(), StringComparison.Ordinal)
        .Replace("{live}", chromium.App.School.Live.ToString(), StringComparison.Ordinal)
        .Replace("{flag}", chromium.App.School.Flag.ToString(), StringComparison.Ordinal)
        .Replace("{elsewhere}", chromium.App.School.Elsewhere.ToString(), StringComparison.Ordinal);
}
