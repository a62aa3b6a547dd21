using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Planning;
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
        builder.Services.AddScoped<SeriesTeachers>();
        builder.Services.AddScoped<ZoomPlanner>();
        builder.Services.AddScoped<OpenSeries>();
        builder.Services.AddScoped<ChangeSeries>();
        builder.Services.AddScoped<SeriesQueries>();
        builder.Services.AddSingleton<PasscodeMarks>();
        builder.Services.AddScoped<CheckRecords>();
        builder.Services.AddScoped<RepairNotes>();
        builder.Services.AddScoped<MeetingCheck>();
        builder.Services.AddScoped<CheckUpcomingMeetingsJob>();
        builder.Services.AddScoped<FindMeetingsJob>();
    }
}
