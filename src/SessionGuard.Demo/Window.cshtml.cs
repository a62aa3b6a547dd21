using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Demo.Actors;

namespace SessionGuard.Demo;

/// <summary>
/// One of the service's own pages as somebody in the story sees it, to be watched and not to be pressed. One browser has one sign-in, so
/// the demo opens the page in that person's name and shows what it got. Outside the demo there is no such page.
/// </summary>
internal sealed partial class WindowPage(IServiceProvider services) : PageModel
{
    /// <summary>It may stand in the demo's own page, and nowhere else; scripts and forms in it are dead.</summary>
    private const string Policy = "default-src 'self'; script-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'";

    public async Task<IActionResult> OnGetAsync(Watched who, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || services.GetService<Screens>() is not { } screens)
        {
            return NotFound();
        }

        Response.Headers.ContentSecurityPolicy = Policy;
        Response.Headers.XFrameOptions = "SAMEORIGIN";
        if (screens.GetPath(who) is not { } path)
        {
            return Page();
        }

        var page = await GetBrowser(who, services.GetRequiredService<DemoVisits>()).OpenAsync(path, cancellation);
        return Content(Scripts().Replace(page.Html, "").Replace("<body", "<body inert", StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    /// <summary>And what stands in for them: the windows are kept fresh from outside.</summary>
    [GeneratedRegex("<script[^>]*></script>|<noscript>.*?</noscript>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    private static Browser GetBrowser(Watched who, DemoVisits visits) => who switch
    {
        Watched.Teacher => visits.Staff(DemoSchool.Teacher.Email),
        Watched.Family => visits.Anybody(),
        Watched.Lead => visits.Staff(DemoSchool.Lead.Email),
    };
}
