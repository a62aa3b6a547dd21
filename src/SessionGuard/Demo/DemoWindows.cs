using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Accounts;
using SessionGuard.Storage;

namespace SessionGuard.Demo;

/// <summary>
/// The service's own pages as somebody else sees them, to be watched side by side. One browser has one sign-in, so the demo asks itself
/// for the page in that person's name and shows what comes back; nothing in it can be pressed.
/// </summary>
internal sealed class DemoWindows(
    IServiceScopeFactory scopes, IOptionsMonitor<CookieAuthenticationOptions> cookies, IUserClaimsPrincipalFactory<Account> principals, TimeProvider clock) : IDisposable
{
    /// <summary>The window may stand in the demo's own page; scripts, forms and everything else in it are dead.</summary>
    private const string Policy = "default-src 'self'; script-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <param name="email">Null: somebody without an account.</param>
    public async Task<IResult> SeeAsync(HttpContext context, string? email, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri($"{context.Request.Scheme}://{context.Request.Host}"), path));
        if (email is not null)
        {
            request.Headers.Add("Cookie", await CookieAsync(email, cancellation));
        }

        using var answer = await _client.SendAsync(request, cancellation);
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
        return Results.Text(await answer.Content.ReadAsStringAsync(cancellation), "text/html");
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> CookieAsync(string email, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var normalized = StaffAccounts.Normalize(email);
        var account = await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().Users.SingleAsync(a => a.NormalizedEmail == normalized, cancellation);
        var options = cookies.Get(IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties { IssuedUtc = clock.GetUtcNow(), ExpiresUtc = clock.GetUtcNow().AddMinutes(5) };
        properties.SetString(StaffCookie.Begun, clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var ticket = new AuthenticationTicket(await principals.CreateAsync(account), properties, IdentityConstants.ApplicationScheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }
}
