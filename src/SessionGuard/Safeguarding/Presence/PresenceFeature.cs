using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Retention;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Safeguarding.Presence;

internal static class PresenceFeature
{
    public static void AddPresence(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IDeliveryHandler, ParticipantEvents>();
        builder.Services.AddSingleton<ScreenIdentity>();
        builder.Services.AddScoped<Attendance>();
        builder.Services.AddScoped<PresenceEvidence>();
        builder.Services.AddScoped<DecideWhoThisIs>();
        builder.Services.AddScoped<AttestAdult>();
        builder.Services.AddScoped<BackfillSession>();
        builder.Services.AddScoped<LostRuns>();
        builder.Services.AddScoped<BackfillJob>();
        builder.AddSettings<AttendanceRetentionOptions>(KeepFor.Section);
        builder.Services.AddExpiries<PresenceExpiries>();
        builder.Services.AddLedgerActions(PresenceActions.All);
    }
}
