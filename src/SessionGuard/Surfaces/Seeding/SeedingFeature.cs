namespace SessionGuard.Surfaces.Seeding;

internal static class SeedingFeature
{
    public static void AddSeeding(this WebApplicationBuilder builder) => builder.Services.AddScoped<SeedSchool>();
}
