using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SessionGuard.Storage;

namespace SessionGuard.Accounts;

internal static class AccountsFeature
{
    /// <summary>Accounts kept by ASP.NET Core Identity, and the cookie scheme <see cref="IdentityConstants.ApplicationScheme"/>.</summary>
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<Account>(options =>
            {
                options.ClaimsIdentity.UserIdClaimType = StaffClaims.Subject;
                options.ClaimsIdentity.UserNameClaimType = StaffClaims.Name;
                options.ClaimsIdentity.RoleClaimType = StaffClaims.Role;
            })
            .AddEntityFrameworkStores<SessionGuardDb>()
            .AddSignInManager();
        services.AddScoped<IUserClaimsPrincipalFactory<Account>, StaffPrincipals>();
        services.AddScoped<StaffCookie>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IOptions<ServiceOptions>>(StaffCookie.Configure);

        // The framework's own lines quote the path of a request, and a path here may hold a code that signs somebody in.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        services.AddAuthorization();
        services.AddRazorPages(options => options.RootDirectory = "/");
        services.AddScoped<SignInLinks>();
        services.AddScoped<SendSignInLinks>();
        services.AddSingleton<SignInRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<SignInRequests>());
    }

    /// <summary>The sign-in pages, and whose request it is.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapRazorPages();
    }
}
