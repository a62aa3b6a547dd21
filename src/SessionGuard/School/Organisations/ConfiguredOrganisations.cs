using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Client;

namespace SessionGuard.School.Organisations;

/// <summary>Creates or updates the organisations that the configuration names. One that is no longer named stays as it is.</summary>
internal sealed class ConfiguredOrganisations(SessionGuardDb db, IConfiguration configuration, SecretBox box, TimeProvider clock)
{
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        foreach (var wanted in Read(configuration))
        {
            var organisation = await OrganisationAsync(wanted, cancellation);
            if (wanted.Zoom is { } zoom)
            {
                await ConnectAsync(organisation, zoom, cancellation);
            }

            if (wanted.Lead is { } lead)
            {
                await AppointAsync(organisation, lead, cancellation);
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <exception cref="StartException">A value is missing or wrong; the message names its key.</exception>
    public static IReadOnlyList<OrganisationOptions> Read(IConfiguration configuration)
    {
        var organisations = configuration.GetSection("Organisations").Get<OrganisationOptions[]>() ?? [];
        foreach (var (organisation, index) in organisations.Select((o, i) => (o, i)))
        {
            Check($"Organisations:{index}", organisation);
            Check($"Organisations:{index}:Zoom", organisation.Zoom);
            Check($"Organisations:{index}:Lead", organisation.Lead);
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(organisation.TimeZone, out _))
            {
                throw new StartException($"Organisations:{index}:TimeZone is not a time zone this machine knows: use a name such as Europe/London.");
            }
        }

        return organisations;
    }

    private static void Check(string key, object? section)
    {
        var faults = new List<ValidationResult>();
        if (section is not null && !Validator.TryValidateObject(section, new ValidationContext(section), faults, validateAllProperties: true))
        {
            throw new StartException($"{key}:{faults[0].MemberNames.First()} is missing or wrong. {faults[0].ErrorMessage}");
        }
    }

    private async Task<Organisation> OrganisationAsync(OrganisationOptions wanted, CancellationToken cancellation)
    {
        var organisation = await db.Set<Organisation>().FirstOrDefaultAsync(o => o.Slug == wanted.Slug, cancellation);
        if (organisation is null)
        {
            var now = clock.Now();
            organisation = new Organisation { Id = Guid.CreateVersion7(now), Slug = wanted.Slug, Name = wanted.Name, TimeZone = wanted.TimeZone, CreatedAt = now };
            db.Add(organisation);
        }

        (organisation.Name, organisation.TimeZone) = (wanted.Name, wanted.TimeZone);
        return organisation;
    }

    private async Task ConnectAsync(Organisation organisation, OrganisationOptions.ZoomSecrets wanted, CancellationToken cancellation)
    {
        var connection = await db.Set<ZoomConnection>().FirstOrDefaultAsync(c => c.OrganisationId == organisation.Id, cancellation);
        if (connection is null)
        {
            connection = new ZoomConnection
            {
                Id = Guid.CreateVersion7(clock.Now()),
                OrganisationId = organisation.Id,
                AccountId = wanted.AccountId,
                ClientId = wanted.ClientId,
                SealedClientSecret = "",
                SealedWebhookSecret = "",
            };
            db.Add(connection);
        }

        (connection.AccountId, connection.ClientId) = (wanted.AccountId, wanted.ClientId);
        connection.SealedClientSecret = box.Seal(wanted.ClientSecret);
        connection.SealedWebhookSecret = box.Seal(wanted.WebhookSecret);
        connection.SealedPreviousWebhookSecret = string.IsNullOrEmpty(wanted.PreviousWebhookSecret) ? null : box.Seal(wanted.PreviousWebhookSecret);
    }

    private async Task AppointAsync(Organisation organisation, OrganisationOptions.LeadOptions wanted, CancellationToken cancellation)
    {
        var now = clock.Now();
        var holder = await db.Set<RoleHolder>()
            .FirstOrDefaultAsync(h => h.OrganisationId == organisation.Id && h.Duty == Duty.Lead && h.To == null, cancellation);
        if (holder is not null && holder.Email != wanted.Email)
        {
            holder.To = now;
            holder = null;
        }

        if (holder is null)
        {
            holder = new RoleHolder
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = organisation.Id,
                Duty = Duty.Lead,
                Name = wanted.Name,
                Email = wanted.Email,
                From = now,
            };
            db.Add(holder);
        }

        (holder.Name, holder.Phone) = (wanted.Name, wanted.Phone);
        await new StaffAccounts(db, clock).EnsureAsync(organisation.Id, wanted.Email, wanted.Name, Role.Lead, cancellation);
    }
}
