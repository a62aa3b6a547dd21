using System.Security.Claims;

namespace SessionGuard.School.Staff;

/// <summary>The member of staff, or the machine with a role, that a request comes from.</summary>
/// <param name="AccountId"><see cref="Guid.Empty"/> for a token that belongs to no account.</param>
internal sealed record Viewer(Guid AccountId, Guid OrganisationId, Role Role)
{
    /// <summary>Null: nobody is signed in, or the claims do not say who and where.</summary>
    public static Viewer? From(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true }
        && Guid.TryParse(user.FindFirstValue(StaffClaims.Organisation), out var organisation)
        && Enum.TryParse<Role>(user.FindFirstValue(StaffClaims.Role), ignoreCase: true, out var role)
        && Enum.IsDefined(role)
            ? new Viewer(Guid.TryParse(user.FindFirstValue(StaffClaims.Subject), out var account) ? account : Guid.Empty, organisation, role)
            : null;
}
