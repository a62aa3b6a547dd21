namespace SessionGuard.Safeguarding.Overview;

internal static class OverviewFeature
{
    public static void AddOverview(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Children>();
        builder.Services.AddScoped<SessionQueries>();
        builder.Services.AddScoped<WhoWasThere>();
        builder.Services.AddScoped<PresenceActs>();
    }
}
