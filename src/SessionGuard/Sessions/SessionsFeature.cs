using SessionGuard.Sessions;
using SessionGuard.Sessions.Checking;
using SessionGuard.Webhooks;

namespace SessionGuard;

internal static class SessionsFeature
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JoinCodes>();
        builder.Services.AddSingleton<JoinAddresses>();
        builder.Services.AddSingleton<MeetingFiles>();
        builder.Services.AddSingleton<IDeliveryHandler, MeetingEvents>();
        builder.Services.AddScoped<CheckRecords>();
        builder.Services.AddScoped<RepairNotes>();
        builder.Services.AddScoped<MeetingCheck>();
        builder.Services.AddScoped<CheckUpcomingMeetingsJob>();
        builder.Services.AddScoped<FindMeetingsJob>();
    }
}
