using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.School.Staff;

namespace SessionGuard.School.Organisations;

/// <summary>A school's safeguarding lead as the configuration names them, and their account. The caller saves.</summary>
internal sealed class ConfiguredLead(SessionGuardDb db, StaffAccounts accounts, ConfigurationNotes notes, TimeProvider clock)
{
    public async Task AppointAsync(Organisation organisation, OrganisationOptions.LeadOptions wanted, CancellationToken cancellation)
    {
        var account = await AccountAsync(organisation, wanted, cancellation);
        var holder = await db.Set<RoleHolder>()
            .FirstOrDefaultAsync(h => h.OrganisationId == organisation.Id && h.Duty == Duty.Lead && h.To == null, cancellation);
        if (holder is not null && holder.Email == wanted.Email)
        {
            Update(holder, wanted, account);
            return;
        }

        var now = clock.Now();
        var before = holder is null ? null : await AccountAtAsync(organisation, holder.Email, cancellation);
        holder?.To = now;
        db.Add(new RoleHolder
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = organisation.Id,
            Duty = Duty.Lead,
            Name = wanted.Name,
            Email = wanted.Email,
            Phone = wanted.Phone,
            From = now,
        });
        notes.LeadAppointed(account, before);
    }

    private async Task<Account> AccountAsync(Organisation organisation, OrganisationOptions.LeadOptions wanted, CancellationToken cancellation)
    {
        var before = (await AccountAtAsync(organisation, wanted.Email, cancellation))?.Role;
        var account = await accounts.EnsureAsync(organisation.Id, wanted.Email, wanted.Name, Role.Lead, cancellation);
        if (before is null)
        {
            notes.AccountAdded(account);
        }
        else if (before != account.Role)
        {
            notes.RoleChanged(account, before.Value);
        }

        return account;
    }

    private void Update(RoleHolder holder, OrganisationOptions.LeadOptions wanted, Account account)
    {
        var changed = new List<string>();
        if (holder.Name != wanted.Name)
        {
            holder.Name = wanted.Name;
            changed.Add("name");
        }

        if (holder.Phone != wanted.Phone)
        {
            holder.Phone = wanted.Phone;
            changed.Add("phone");
        }

        if (changed.Count > 0)
        {
            notes.LeadChanged(account, changed);
        }
    }

    private Task<Account?> AccountAtAsync(Organisation organisation, string email, CancellationToken cancellation) =>
        db.AccountsAt(email).FirstOrDefaultAsync(a => a.OrganisationId == organisation.Id, cancellation);
}
