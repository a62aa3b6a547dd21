using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Planning;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Retention;
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
        builder.Services.AddScoped<HoldSession>();
        builder.Services.AddSingleton<EndedSessions>();
        builder.AddSettings<SettingsRetentionOptions>(KeepFor.Section);
        builder.Services.AddExpiries<SessionExpiries>();
        builder.Services.AddLedgerActions([.. SessionActions.All, .. CheckActions.All, .. PlanningActions.All]);
        builder.Services.AddMailPurposes(RepairNotes.Purpose);
    }
}
