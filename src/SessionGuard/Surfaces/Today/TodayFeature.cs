using SessionGuard.Platform.Http;

namespace SessionGuard.Surfaces.Today;

internal static class TodayFeature
{
    public static void AddToday(this WebApplicationBuilder builder) => builder.Services.AddSingleton(new MenuEntry("Today", "/", "", 100));
}
