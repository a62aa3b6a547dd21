using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Platform.Backups;

internal static class BackupsFeature
{
    public static void AddBackups(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SqliteFiles>();
        services.AddSingleton<PostgresPrograms>();
        services.AddScoped<SqliteRestore>();
        services.AddScoped<PostgresRestore>();
        services.AddScoped<TakeBackup>();
        services.AddScoped<RestoreBackup>();
        services.AddScoped<ConfirmRestoration>();
        services.AddLedgerActions(BackupActions.All);
    }
}
