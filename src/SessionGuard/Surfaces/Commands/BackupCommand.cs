using System.CommandLine;
using System.Text.Json;
using SessionGuard.Platform.Backups;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Surfaces.Commands;

/// <summary><c>backup</c>: the database into one checked file, while the service runs.</summary>
internal static class BackupCommand
{
    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var file = new Argument<string>("FILE") { Description = "Where to write it; only this account can read it." };
        var force = new Option<bool>("--force") { Description = "Replace the file if it is there, and keep a copy whose ledger does not hold." };
        var backup = new Command("backup", "Writes the database into one file and checks it, while the service runs.") { file, force };
        backup.SetAction((parse, cancellation) => OneOff.RunAsync(
            build, parse, (services, token) => RunAsync(services, parse.GetRequiredValue(file), parse.GetValue(force), token), cancellation));
        return backup;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string file, bool force, CancellationToken cancellation)
    {
        await services.GetRequiredService<DatabaseMigrator>().CheckAsync(cancellation);
        var report = await services.GetRequiredService<TakeBackup>().HandleAsync(file, force, cancellation);
        Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        await Console.Error.WriteLineAsync(
            $"The master key is not in the backup. It is {report.MasterKeyFile}: keep a copy elsewhere, or nothing stored under it opens again.");
        return report.Ledgers.All(l => l.Holds) ? 0 : 1;
    }
}
