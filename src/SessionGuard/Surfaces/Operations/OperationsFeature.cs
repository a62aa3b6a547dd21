using SessionGuard.Platform.Http;

namespace SessionGuard.Surfaces.Operations;

internal static class OperationsFeature
{
    /// <summary>Pages for whoever looks after the service: how its jobs went, and what did not go through.</summary>
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new MenuEntry("Jobs", "/jobs", "jobs", 400));
        builder.Services.AddSingleton(new MenuEntry("Set aside", "/inbox", "inbox", 500));
        builder.Services.AddSingleton(new MenuEntry("Undelivered", "/undelivered", "undelivered", 600));
    }
}
