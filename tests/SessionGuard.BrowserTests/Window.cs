using Microsoft.Playwright;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Surfaces.Shell;

namespace SessionGuard.BrowserTests;

/// <summary>One browser window, and every address it asked for.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Window(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public List<Uri> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    public static async Task<Window> OpenAsync(IBrowserContext context, BrowserApp app, Account? account)
    {
        if (account is not null)
        {
            var (name, value) = await Visits.CookieAsync(app.Services, account);
            await context.AddCookiesAsync([new() { Name = name, Value = value, Url = app.Address.ToString() }]);
        }

        var window = new Window(context, await context.NewPageAsync());
        window.Page.Request += (_, request) => window.Requests.Add(new Uri(request.Url));
        window.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                window.Complaints.Add(message.Text);
            }
        };
        return window;
    }

    public async Task<IResponse> GoAsync(string path) =>
        await Page.GotoAsync(path) ?? throw new InvalidOperationException("The browser got no answer.");

    /// <summary>Writes what is seen into <c>artifacts/screenshots</c> beside the solution.</summary>
    public async Task PictureAsync(string name) =>
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(), $"{name}.png"), FullPage = true });

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private static string Pictures()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !folder.EnumerateFiles("*.sln").Any())
        {
            folder = folder.Parent;
        }

        return Directory.CreateDirectory(Path.Combine((folder ?? new DirectoryInfo(".")).FullName, "artifacts", "screenshots")).FullName;
    }
}
