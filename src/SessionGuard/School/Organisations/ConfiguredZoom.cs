using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;

namespace SessionGuard.School.Organisations;

/// <summary>A school's Zoom credentials as the configuration has them. The caller saves.</summary>
internal sealed class ConfiguredZoom(SessionGuardDb db, SecretBox box, ConfigurationNotes notes, TimeProvider clock)
{
    public async Task ConnectAsync(Organisation organisation, OrganisationOptions.ZoomSecrets wanted, CancellationToken cancellation)
    {
        if (await db.Set<ZoomConnection>().FirstOrDefaultAsync(c => c.OrganisationId == organisation.Id, cancellation) is { } connection)
        {
            Update(connection, wanted);
            return;
        }

        connection = new ZoomConnection
        {
            Id = Guid.CreateVersion7(clock.Now()),
            OrganisationId = organisation.Id,
            AccountId = wanted.AccountId,
            ClientId = wanted.ClientId,
            SealedClientSecret = box.Seal(wanted.ClientSecret),
            SealedWebhookSecret = box.Seal(wanted.WebhookSecret),
            SealedPreviousWebhookSecret = Previous(wanted) is { } previous ? box.Seal(previous) : null,
        };
        db.Add(connection);
        notes.ZoomConnected(connection);
    }

    /// <summary>A secret looks another way each time it is sealed, so what is inside is compared, and the same one stays as it was sealed.</summary>
    private void Update(ZoomConnection connection, OrganisationOptions.ZoomSecrets wanted)
    {
        var accountBefore = connection.AccountId;
        var clientBefore = connection.ClientId;
        var changed = new List<string>();
        connection.AccountId = wanted.AccountId;
        connection.ClientId = wanted.ClientId;
        connection.SealedClientSecret = Seal(connection.SealedClientSecret, wanted.ClientSecret, nameof(wanted.ClientSecret), changed)!;
        connection.SealedWebhookSecret = Seal(connection.SealedWebhookSecret, wanted.WebhookSecret, nameof(wanted.WebhookSecret), changed)!;
        connection.SealedPreviousWebhookSecret = Seal(
            connection.SealedPreviousWebhookSecret, Previous(wanted), nameof(wanted.PreviousWebhookSecret), changed);
        if (changed.Count > 0 || accountBefore != connection.AccountId || clientBefore != connection.ClientId)
        {
            notes.ZoomChanged(connection, accountBefore, clientBefore, changed);
        }
    }

    private string? Seal(string? stored, string? wanted, string key, List<string> changed)
    {
        if (stored is null ? wanted is null : wanted is not null && Holds(stored, wanted))
        {
            return stored;
        }

        changed.Add(stored is null ? $"{key} added" : wanted is null ? $"{key} removed" : key);
        return wanted is null ? null : box.Seal(wanted);
    }

    /// <summary>What was damaged in the database holds nothing, and the configuration mends it.</summary>
    private bool Holds(string stored, string wanted)
    {
        try
        {
            return box.Open(stored) == wanted;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static string? Previous(OrganisationOptions.ZoomSecrets wanted) =>
        string.IsNullOrEmpty(wanted.PreviousWebhookSecret) ? null : wanted.PreviousWebhookSecret;
}
