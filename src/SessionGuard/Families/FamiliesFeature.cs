using SessionGuard.Families;

namespace SessionGuard;

internal static class FamiliesFeature
{
    public static void AddFamilies(this WebApplicationBuilder builder) => builder.Services.AddScoped<JoinDoor>();
}
