using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SessionGuard.School.Staff;

/// <summary>Asks for an address and answers everybody the same.</summary>
internal sealed class SignInPage(SignInRequests requests) : PageModel
{
    private const int LongestAddress = 254; // RFC 5321

    /// <summary>Where to go after signing in; null when none was named, or one that leads elsewhere.</summary>
    public string? Return { get; private set; }

    public bool IsAsked { get; private set; }

    public bool IsIncomplete { get; private set; }

    public IActionResult OnGet([FromQuery(Name = "return")] string? returnTo)
    {
        Return = Url.IsLocalUrl(returnTo) ? returnTo : null;
        return User.Identity is { IsAuthenticated: true } ? LocalRedirect(Return ?? "/") : Page();
    }

    public void OnPost([FromForm] string? email, [FromForm(Name = "return")] string? returnTo)
    {
        Return = Url.IsLocalUrl(returnTo) ? returnTo : null;
        IsIncomplete = string.IsNullOrWhiteSpace(email) || email.Length > LongestAddress;
        IsAsked = !IsIncomplete;
        if (IsAsked)
        {
            _ = requests.Add(email!, Return);
        }
    }
}
