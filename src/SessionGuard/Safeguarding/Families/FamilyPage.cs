using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;

namespace SessionGuard.Safeguarding.Families;

/// <summary>A page that a family opens by the code in its address.</summary>
internal abstract class FamilyPage(CodeGuesses guesses, TimeProvider clock) : PageModel
{
    /// <summary>Null: the code opens nothing.</summary>
    public KnownOrganisation? School { get; protected set; }

    public LocalTime Time => new(School?.TimeZone ?? TimeZoneInfo.Utc, Now);

    protected DateTimeOffset Now => clock.Now();

    /// <summary>The same page, byte for byte, whatever is wrong with a code; after too many of them, none at all.</summary>
    protected IActionResult Unknown()
    {
        School = null;
        if (guesses.Miss(HttpContext.Connection.RemoteIpAddress))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var page = Page();
        page.StatusCode = StatusCodes.Status404NotFound;
        return page;
    }
}
