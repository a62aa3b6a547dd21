using Microsoft.EntityFrameworkCore;
using SessionGuard.Storage;

namespace SessionGuard.Accounts;

/// <summary>Who may sign in. The caller saves.</summary>
internal sealed class StaffAccounts(SessionGuardDb db, TimeProvider clock)
{
    /// <summary>Opens an account, or gives the existing one at this address the name and role.</summary>
    public async Task<Account> EnsureAsync(Guid organisationId, string email, string name, Role role, CancellationToken cancellation)
    {
        var normalized = Normalize(email);
        var account = await db.Users.FirstOrDefaultAsync(a => a.OrganisationId == organisationId && a.NormalizedEmail == normalized, cancellation);
        if (account is null)
        {
            account = Open(organisationId, email, name, role);
            db.Add(account);
        }

        (account.DisplayName, account.Role) = (name, role);
        return account;
    }

    public static string Normalize(string email) => email.Trim().ToUpperInvariant();

    private Account Open(Guid organisationId, string email, string name, Role role)
    {
        var now = clock.Now();
        var id = Guid.CreateVersion7(now);
        return new Account
        {
            Id = id,
            OrganisationId = organisationId,
            UserName = id.ToString(),
            NormalizedUserName = id.ToString().ToUpperInvariant(),
            Email = email.Trim(),
            NormalizedEmail = Normalize(email),
            EmailConfirmed = true,
            DisplayName = name,
            Role = role,
            CreatedAt = now,
            SecurityStamp = Guid.CreateVersion7(now).ToString("N"),
        };
    }
}
