using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Sessions;
using SessionGuard.Storage;

namespace SessionGuard.Families;

/// <summary>A family's way into a class. Opening the page changes nothing; pressing its button leads on to Zoom.</summary>
internal sealed class JoinPage(JoinDoor door, TimeProvider clock) : PageModel
{
    public JoinView View { get; private set; } = null!;

    public bool ZoomIsSilent { get; private set; }

    public LocalTime Time => new(View.School?.TimeZone ?? TimeZoneInfo.Utc, clock.Now());

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellation)
    {
        View = await door.LookAsync(code, cancellation);
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellation)
    {
        View = await door.LookAsync(code, cancellation);
        if (View.State is not JoinState.Open)
        {
            return Show();
        }

        if (await door.ZoomLinkAsync(View, cancellation) is { } link)
        {
            return Redirect(link.AbsoluteUri);
        }

        ZoomIsSilent = true;
        return Show();
    }

    private PageResult Show()
    {
        // The press ends at Zoom: a browser follows a form's redirect only to where the page may send forms.
        Response.Headers.ContentSecurityPolicy = ContentPolicy.With("https://zoom.us https://*.zoom.us");
        var page = Page();
        page.StatusCode = View.State is JoinState.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return page;
    }
}
