using SessionGuard.Teaching;

namespace SessionGuard;

internal static class TeachingFeature
{
    public static void AddTeaching(this WebApplicationBuilder builder) => builder.Services.AddScoped<SessionQueries>();
}
