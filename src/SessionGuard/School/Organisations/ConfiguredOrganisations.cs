using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.School.Organisations;

/// <summary>Creates or updates the organisations that the configuration names. One that is no longer named stays as it is.</summary>
internal sealed class ConfiguredOrganisations(
    SessionGuardDb db, IConfiguration configuration, ConfiguredZoom zooms, ConfiguredLead leads, TimeProvider clock)
{
    /// <summary>Writes only what is not so yet, and each change into the ledger once.</summary>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        var all = Read(configuration);
        await db.InTransactionAsync(
            async () =>
            {
                foreach (var wanted in all)
                {
                    await ApplyAsync(wanted, cancellation);
                }

                return await db.SaveChangesAsync(cancellation);
            },
            cancellation);
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

    private async Task ApplyAsync(OrganisationOptions wanted, CancellationToken cancellation)
    {
        var organisation = await OrganisationAsync(wanted, cancellation);
        if (wanted.Zoom is { } zoom)
        {
            await zooms.ConnectAsync(organisation, zoom, cancellation);
        }

        if (wanted.Lead is { } lead)
        {
            await leads.AppointAsync(organisation, lead, cancellation);
        }
    }

    private async Task<Organisation> OrganisationAsync(OrganisationOptions wanted, CancellationToken cancellation)
    {
        // Locks the row: of nodes that start together with a changed configuration, the second waits here and finds nothing left to change.
        await db.Set<Organisation>().Where(o => o.Slug == wanted.Slug).ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, o => o.Name), cancellation);
        var organisation = await db.Set<Organisation>().FirstOrDefaultAsync(o => o.Slug == wanted.Slug, cancellation);
        if (organisation is null)
        {
            var now = clock.Now();
            organisation = new Organisation { Id = Guid.CreateVersion7(now), Slug = wanted.Slug, Name = wanted.Name, TimeZone = wanted.TimeZone, CreatedAt = now };
            db.Add(organisation);
        }

        organisation.Name = wanted.Name;
        organisation.TimeZone = wanted.TimeZone;
        return organisation;
    }
}
