using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Classes.Sessions;

internal static class SessionsFeature
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JoinAddresses>();
        builder.Services.AddSingleton<MeetingFiles>();
        builder.Services.AddSingleton<IDeliveryHandler, MeetingEvents>();
        builder.Services.AddScoped<CalledOffClasses>();
        builder.Services.AddScoped<ClassEvidence>();
    }
}
