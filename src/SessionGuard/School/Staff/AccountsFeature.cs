using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.School.Staff;

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
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<ServiceOptions>>(StaffCookie.Configure);

        services.AddSingleton<IOrganisationParts, LeadReader>();
        services.AddScoped<StaffAccounts>();
        services.AddScoped<SignInLinks>();
        services.AddScoped<SendSignInLinks>();
        services.AddSingleton<SignInRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<SignInRequests>());
        builder.AddSettings<SignInRetentionOptions>(KeepFor.Section);
        services.AddExpiries<SignInExpiries>();
        services.AddLedgerActions(AccountActions.All);
        services.AddMailPurposes(SendSignInLinks.Purpose);
    }
}
