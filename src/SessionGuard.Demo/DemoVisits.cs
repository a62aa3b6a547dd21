using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Demo.Actors;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Demo;

/// <summary>Gives people of the example school browsers that open the service's own pages over HTTP, staff already signed in.</summary>
internal sealed class DemoVisits(IServiceScopeFactory scopes, IServer server)
{
    private const string Telephone = "Mozilla/5.0 (Linux; Android 12; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36";

    private Uri Address => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="agent">What the browser calls itself; null for a parent's telephone.</param>
    public Browser Anybody(string? agent = null) => new(Address, agent ?? Telephone, _ => Task.FromResult<string?>(null));

    /// <param name="email">Of an account of the school.</param>
    public Browser Staff(string email) => new(Address, Telephone, async cancellation => await CookieAsync(email, cancellation));

    /// <summary>What the account's browser sends after signing in, good for five minutes.</summary>
    public static async Task<string> CookieAsync(Account account, IServiceProvider services)
    {
        var principal = await services.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddMinutes(5) };
        properties.SetString(StaffCookie.Begun, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(principal, properties, IdentityConstants.ApplicationScheme))}";
    }

    /// <summary>Fresh for each request: a story skips days, and a sign-in lasts for hours.</summary>
    private async Task<string> CookieAsync(string email, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var account = await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().AccountsAt(email).SingleAsync(cancellation);
        return await CookieAsync(account, scope.ServiceProvider);
    }
}
