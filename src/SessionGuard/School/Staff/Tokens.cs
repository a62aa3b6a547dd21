using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;

namespace SessionGuard.School.Staff;

/// <summary>Our own tokens: made by the verb <c>token</c>, taken by the API.</summary>
internal sealed class Tokens(IOptions<JwtOptions> options, MasterKey master, TimeProvider clock)
{
    public const string Issuer = "sessionguard";

    /// <summary>Those that a token may be signed with; new ones are signed with the first. A rotation of the master key ends with one.</summary>
    public IEnumerable<SymmetricSecurityKey> Keys => options.Value.SigningKey is { Length: > 0 } key
        ? [new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key))]
        : master.Keys.All.Select(k => new SymmetricSecurityKey(k.Derive("jwt")));

    /// <param name="viewer">An empty account id makes a machine's token: it has a role, and no sessions of its own.</param>
    public string Issue(Viewer viewer, TimeSpan life)
    {
        var now = clock.Now();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = options.Value.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + life).UtcDateTime,
            SigningCredentials = new SigningCredentials(Keys.First(), SecurityAlgorithms.HmacSha256),
            Claims = new Dictionary<string, object>
            {
                [StaffClaims.Subject] = viewer.AccountId == Guid.Empty ? "machine" : viewer.AccountId.ToString(),
                [StaffClaims.Organisation] = viewer.OrganisationId.ToString(),
                [StaffClaims.Role] = StaffClaims.ToClaim(viewer.Role),
                [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7(now).ToString(),
            },
        });
    }
}
