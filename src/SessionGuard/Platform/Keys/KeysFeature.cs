using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Keys;

internal static class KeysFeature
{
    /// <summary>The keys and sealed columns that lie in the database, beneath the master key.</summary>
    public static void AddKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ReencryptionPass>();
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton<KeyRingEncryptor>();
        builder.Services.AddLedgerActions(KeyActions.All);
        builder.Services.AddDataProtection().SetApplicationName("SessionGuard").PersistKeysToDbContext<SessionGuardDb>();
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = provider.GetRequiredService<KeyRingEncryptor>()));
    }
}
