using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Platform.Retention;

internal static class RetentionFeature
{
    public static void AddRetention(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Expiries>();
        services.AddScoped<RetentionPass>();
        services.AddScoped<Holds>();
        services.AddLedgerActions(RetentionActions.All);
    }
}
