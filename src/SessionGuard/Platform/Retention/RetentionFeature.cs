using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Retention;

internal static class RetentionFeature
{
    public static void AddRetention(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<RetentionOptions>("Retention");
        services.AddSingleton<Expiries>();
        services.AddScoped<RetentionPass>();
        services.AddScoped<Holds>();
    }
}
