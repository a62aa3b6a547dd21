using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SessionGuard.BrowserTests.Chromium))]

namespace SessionGuard.BrowserTests;

/// <summary>One browser and one service for the whole run. Without Chromium the tests are skipped and say so.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        "--host-resolver-rules=MAP *.zoom.us ~NOTFOUND", // where a family is led is looked at, not visited
    ];

    private BrowserApp? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string? Program { get; } = Array.Find(Places, File.Exists);

    /// <summary>The service that it visits.</summary>
    internal BrowserApp App
    {
        get
        {
            SkipWithoutBrowser();
            return _app!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Program is not null)
        {
            _app = await BrowserApp.StartAsync();
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments });
        }
    }

    /// <summary>A fresh window.</summary>
    internal async Task<Window> OpenAsync(
        SessionGuard.School.Staff.Account? account = null, int width = 1280, int height = 900, bool script = true)
    {
        SkipWithoutBrowser();
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = App.Address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = script,
        });
        return await Window.OpenAsync(context, App, account);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private static void SkipWithoutBrowser() => Assert.SkipWhen(Program is null, "Chromium is not installed (Debian: chromium).");
}
