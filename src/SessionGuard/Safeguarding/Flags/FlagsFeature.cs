using Microsoft.EntityFrameworkCore.Diagnostics;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Http;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Safeguarding.Flags;

internal static class FlagsFeature
{
    public static void AddFlags(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IInterceptor, WakeOnEvidence>();
        services.AddFigures<FlagFigures>();
        services.AddScoped<ClassStaffReader>();
        services.AddScoped<EarlierFlags>();
        services.AddScoped<EvidenceReader>();
        services.AddScoped<SessionClaims>();
        services.AddScoped<SessionJudge>();
        services.AddScoped<FlagWork>();
        services.AddScoped<FlagMail>();
        services.AddScoped<FlagQueries>();
        services.AddScoped<ExplainFlag>();
        services.AddScoped<CloseFlag>();
        services.AddScoped<EvaluateSessionsJob>();
        services.AddScoped<EscalateFlagsJob>();
        services.AddScoped<Digest>();
        services.AddScoped<SendDigestsJob>();
        builder.AddSettings<FlagRetentionOptions>(KeepFor.Section);
        services.AddExpiries<FlagExpiries>();
        services.AddSingleton<IKeepsEvidence, FlagsKeepEvidence>();
        services.AddLedgerActions(FlagActions.All);
        services.AddMailPurposes(FlagMail.Purpose, Digest.Purpose);
        services.AddSingleton(new MenuEntry("Flags", "/flags", "flags/{id:guid?}", 200));
    }
}
