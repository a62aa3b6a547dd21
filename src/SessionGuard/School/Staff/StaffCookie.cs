using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.School.Staff;

/// <summary>
/// Holds each request's cookie against the account as it is now: closed, signed out elsewhere or in another role counts at once. It is one
/// read by key, and staff are few.
/// </summary>
internal sealed class StaffCookie(OrganisationScope scope, TimeProvider clock) : CookieAuthenticationEvents
{
    /// <summary>When the stay began, in Unix seconds.</summary>
    public const string Begun = "sg:begun";

    /// <summary>Signed out after this long without a request.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(8);

    /// <summary>Signed out after this long in any case.</summary>
    private static readonly TimeSpan LongestStay = TimeSpan.FromHours(12);

    /// <summary>
    /// Where the public address is https the name's prefix binds the cookie to this host and to encryption. Plain http is for trying the
    /// service on one's own machine, where some browsers keep no secure cookie.
    /// </summary>
    public static void Configure(CookieAuthenticationOptions options, IOptions<ServiceOptions> service)
    {
        var secure = service.Value.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        options.Cookie.Name = secure ? "__Host-staff" : "staff";
        options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax; // a mailed link to a page opens it signed in
        options.Cookie.Path = "/";
        options.ExpireTimeSpan = LongestPause;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.ReturnUrlParameter = "return";
        options.EventsType = typeof(StaffCookie);
    }

    /// <summary>Renewals carry this on, so that sliding has an end.</summary>
    public override Task SigningIn(CookieSigningInContext context)
    {
        context.Properties.SetString(Begun, clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // Asked for here, not in the constructor: families have no cookie, and should not wait for what staff need.
        var signIn = context.HttpContext.RequestServices.GetRequiredService<SignInManager<Account>>();
        if (HasEnded(context.Properties) || await AccountAsync(signIn, context.Principal) is not { } account)
        {
            scope.Narrow(Guid.Empty);
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }

        context.ReplacePrincipal(await signIn.CreateUserPrincipalAsync(account));
    }

    /// <summary>No page of its own: signing in again would not help somebody whose role is another.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private bool HasEnded(AuthenticationProperties properties) =>
        !long.TryParse(properties.GetString(Begun), CultureInfo.InvariantCulture, out var begun)
        || clock.GetUtcNow() >= DateTimeOffset.FromUnixTimeSeconds(begun) + LongestStay;

    private async Task<Account?> AccountAsync(SignInManager<Account> signIn, ClaimsPrincipal? principal)
    {
        if (!Guid.TryParse(principal?.FindFirstValue(StaffClaims.Organisation), out var organisation))
        {
            return null;
        }

        // From here on this request sees one organisation's rows; the account itself is among them.
        scope.Narrow(organisation);
        return await signIn.ValidateSecurityStampAsync(principal) is { ClosedAt: null } account ? account : null;
    }
}
