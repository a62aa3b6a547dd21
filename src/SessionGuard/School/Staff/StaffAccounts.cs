using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.School.Staff;

/// <summary>Who may sign in. The caller saves.</summary>
internal sealed class StaffAccounts(SessionGuardDb db, TimeProvider clock)
{
    /// <summary>Opens an account, or gives the existing one at this address the name and role.</summary>
    public async Task<Account> EnsureAsync(Guid organisationId, string email, string name, Role role, CancellationToken cancellation)
    {
        var account = await db.AccountsAt(email).FirstOrDefaultAsync(a => a.OrganisationId == organisationId, cancellation);
        if (account is null)
        {
            account = Open(organisationId, email, name, role);
            db.Add(account);
        }

        account.DisplayName = name;
        account.Role = role;
        await AppointAsync(account, cancellation);
        return account;
    }

    /// <summary>Nobody signs in at this address any more, who is signed in is refused from the next request on, and a deputy's duty ends with it.</summary>
    /// <returns>Null: the school has no open account there.</returns>
    public async Task<Account?> CloseAsync(Guid organisationId, string email, CancellationToken cancellation)
    {
        if (await db.AccountsAt(email).FirstOrDefaultAsync(a => a.OrganisationId == organisationId && a.ClosedAt == null, cancellation) is not { } account)
        {
            return null;
        }

        account.ClosedAt = clock.Now();
        await AppointAsync(account, cancellation);
        return account;
    }

    public static string Normalize(string email) => email.Trim().ToUpperInvariant();

    /// <summary>Whoever has the deputy's role holds the duty, and is told of what is urgent; with another role, or without an account, no longer.</summary>
    private async Task AppointAsync(Account account, CancellationToken cancellation)
    {
        var held = (await db.Set<RoleHolder>()
                .Where(h => h.OrganisationId == account.OrganisationId && h.Duty == Duty.Deputy && h.To == null).ToListAsync(cancellation))
            .Find(h => Normalize(h.Email) == account.NormalizedEmail);
        var now = clock.Now();
        var isDeputy = account is { Role: Role.Deputy, ClosedAt: null };
        if (held is null && isDeputy)
        {
            db.Add(new RoleHolder
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = account.OrganisationId,
                Duty = Duty.Deputy,
                Name = account.DisplayName,
                Email = account.Email!,
                From = now,
            });
        }
        else if (held is not null)
        {
            held.Name = account.DisplayName;
            held.To = isDeputy ? null : now;
        }
    }

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
            EmailConfirmed = true,
            DisplayName = name,
            Role = role,
            CreatedAt = now,
            SecurityStamp = Guid.CreateVersion7(now).ToString("N"),
        };
    }
}
