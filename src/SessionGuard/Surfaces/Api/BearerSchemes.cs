using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

/// <summary>
/// How a request says who it is: under <c>/api</c> by a bearer token and nothing else, so that no other site can make a browser
/// call it; everywhere else by the staff cookie.
/// </summary>
internal static class BearerSchemes
{
    public const string Caller = "caller";
    public const string Local = "local";
    public const string External = "external";

    public static string Choose(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? IdentityConstants.ApplicationScheme
        : context.RequestServices.GetRequiredService<IOptions<JwtOptions>>().Value.Authority.Length > 0
            && GetIssuer(context.Request.Headers.Authorization.ToString()) != Tokens.Issuer ? External
        : Local;

    /// <summary>Reads, and does not trust: the chosen scheme checks the signature.</summary>
    private static string? GetIssuer(string authorization)
    {
        try
        {
            return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
                ? new JsonWebToken(authorization["Bearer ".Length..].Trim()).Issuer
                : null;
        }
        catch (ArgumentException)
        {
            return null; // three parts with dots between them, and yet no token
        }
    }

    /// <summary>
    /// A token outlives a dismissal; the account does not. A token that names an account is good only while that account is open
    /// and still has the role.
    /// </summary>
    public static async Task RefuseClosedAccount(TokenValidatedContext context)
    {
        if (context.Principal is null || Viewer.From(context.Principal) is not { } viewer)
        {
            context.Fail("The token names no organisation and role of ours.");
            return;
        }

        var services = context.HttpContext.RequestServices;
        services.GetRequiredService<OrganisationScope>().Narrow(viewer.OrganisationId);
        if (viewer.AccountId != Guid.Empty && !await services.GetRequiredService<SessionGuardDb>().Set<Account>().AnyAsync(
            a => a.Id == viewer.AccountId && a.ClosedAt == null && a.Role == viewer.Role, context.HttpContext.RequestAborted))
        {
            context.Fail("The account is closed or has another role.");
        }
    }
}

/// <summary>What each scheme accepts.</summary>
internal sealed class ConfigureBearer(IOptions<JwtOptions> jwt, Tokens tokens, TimeProvider clock) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TimeProvider = clock;
        options.Events = new JwtBearerEvents { OnTokenValidated = BearerSchemes.RefuseClosedAccount };
        options.TokenValidationParameters.ValidAudience = jwt.Value.Audience;
        options.TokenValidationParameters.NameClaimType = StaffClaims.Subject;
        options.TokenValidationParameters.RoleClaimType = StaffClaims.Role;
        options.TokenValidationParameters.LifetimeValidator = IsAlive;
        if (name is BearerSchemes.Local)
        {
            options.TokenValidationParameters.ValidIssuer = Tokens.Issuer;
            options.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, _, _) => tokens.Keys;
            options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
        }
        else
        {
            options.Authority = jwt.Value.Authority;
            options.TokenValidationParameters.ValidAlgorithms =
                [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];
        }
    }

    /// <summary>The library's own check reads the wall clock. A minute's difference between two machines is forgiven.</summary>
    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var (now, slack) = (clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
        return expires is { } end && end > now - slack && (notBefore is not { } start || start <= now + slack);
    }
}
