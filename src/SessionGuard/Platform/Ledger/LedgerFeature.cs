namespace SessionGuard.Platform.Ledger;

internal static class LedgerFeature
{
    public static void AddLedger(this WebApplicationBuilder builder) => builder.Services.AddScoped<LedgerVerifier>();
}
