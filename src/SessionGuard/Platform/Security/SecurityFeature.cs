using SessionGuard.Platform.Hosting;

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
    }
}
