using Microsoft.EntityFrameworkCore.Diagnostics;
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
    }
}
