using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace SessionGuard.School.Staff;

/// <summary>Turns an account into what a request knows of its sender.</summary>
internal sealed class StaffPrincipals(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<Account>
{
    public Task<ClaimsPrincipal> CreateAsync(Account user)
    {
        Claim[] claims =
        [
            new(StaffClaims.Subject, user.Id.ToString()),
            new(StaffClaims.Organisation, user.OrganisationId.ToString()),
            new(StaffClaims.Role, StaffClaims.ToClaim(user.Role)),
            new(StaffClaims.Name, user.DisplayName),
            new(options.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp ?? ""),
        ];
        return Task.FromResult(new ClaimsPrincipal(
            new ClaimsIdentity(claims, IdentityConstants.ApplicationScheme, StaffClaims.Name, StaffClaims.Role)));
    }
}
