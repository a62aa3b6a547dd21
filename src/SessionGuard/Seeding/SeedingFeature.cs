using SessionGuard.Seeding;

namespace SessionGuard;

internal static class SeedingFeature
{
    public static void AddSeeding(this WebApplicationBuilder builder) => builder.Services.AddScoped<SeedSchool>();
}
