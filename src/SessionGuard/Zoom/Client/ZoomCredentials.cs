using System.Text;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Zoom.Client;

/// <summary>How an organisation speaks with its Zoom account, opened.</summary>
/// <param name="WebhookSecrets">UTF-8 bytes of the current secret, and after it of the previous one during a rotation.</param>
internal sealed record ZoomCredentials(string AccountId, string ClientId, string ClientSecret, IReadOnlyList<byte[]> WebhookSecrets);

internal static class ZoomOfOrganisation
{
    extension(KnownOrganisation organisation)
    {
        /// <summary>Null: not connected yet.</summary>
        public ZoomCredentials? Zoom => organisation.Part<ZoomCredentials>();
    }
}

/// <summary>Opens the credentials of every connected organisation.</summary>
internal sealed class ZoomCredentialsReader(SecretBox box) : IOrganisationParts
{
    public async Task<IReadOnlyDictionary<Guid, object>> ReadAsync(SessionGuardDb db, CancellationToken cancellation) =>
        (await db.Set<ZoomConnection>().AsNoTracking().ToListAsync(cancellation)).ToDictionary(c => c.OrganisationId, object (c) => Open(c));

    private ZoomCredentials Open(ZoomConnection connection)
    {
        string?[] secrets = [connection.SealedWebhookSecret, connection.SealedPreviousWebhookSecret];
        return new ZoomCredentials(connection.AccountId, connection.ClientId, box.Open(connection.SealedClientSecret),
            [.. secrets.OfType<string>().Select(s => Encoding.UTF8.GetBytes(box.Open(s)))]);
    }
}
