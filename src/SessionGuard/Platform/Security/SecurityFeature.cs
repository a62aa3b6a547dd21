using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Keys;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Security;

internal static class SecurityFeature
{
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        builder.AddSettings<SecurityOptions>("Security");
        builder.Services.AddSingleton<MasterKey>();
        builder.Services.AddSingleton<SecretBox>();
        builder.Services.AddSingleton<PersonalData>();
        builder.Services.AddSingleton<LinkCodes>();
        builder.Services.AddSingleton<KeyRotation>();
        builder.Services.AddScoped<ReencryptionPass>();
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton<KeyRingEncryptor>();
        builder.Services.AddDataProtection().SetApplicationName("SessionGuard").PersistKeysToDbContext<SessionGuardDb>();
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = provider.GetRequiredService<KeyRingEncryptor>()));
    }
}
