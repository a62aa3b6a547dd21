using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.School.Staff;

/// <summary>Where a mailed link leads. Opening it changes nothing, since mail scanners open links; pressing the button uses it up.</summary>
internal sealed class SignInByLinkPage(SignInLinks links, SignInManager<Account> signIn, OrganisationDirectory directory) : PageModel
{
    /// <summary>Whom the link signs in; null when it does not work, for whatever reason.</summary>
    public string? Email { get; private set; }

    public string? School { get; private set; }

    public string? Return { get; private set; }

    public async Task OnGetAsync(string code, [FromQuery(Name = "return")] string? returnTo, CancellationToken cancellation)
    {
        if (await links.PeekAsync(code, cancellation) is { } account)
        {
            Email = account.Email;
            School = directory.ById(account.OrganisationId)?.Name;
            Return = Url.IsLocalUrl(returnTo) ? returnTo : null;
        }
    }

    public async Task<IActionResult> OnPostAsync(string code, [FromForm(Name = "return")] string? returnTo, CancellationToken cancellation)
    {
        if (await links.UseAsync(code, cancellation) is not { } account)
        {
            return Page();
        }

        await signIn.SignInAsync(account, isPersistent: false, authenticationMethod: "link");
        return LocalRedirect(Url.IsLocalUrl(returnTo) ? returnTo : "/");
    }
}
