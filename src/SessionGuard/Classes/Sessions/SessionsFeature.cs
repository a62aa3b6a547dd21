using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
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
        builder.Services.AddScoped<ClassEvidence>();
        builder.Services.AddScoped<HoldSession>();
        builder.Services.AddSingleton<EndedSessions>();
        builder.AddSettings<SettingsRetentionOptions>(KeepFor.Section);
        builder.Services.AddExpiries<SessionExpiries>();
        builder.Services.AddLedgerActions(SessionActions.All);
    }
}
