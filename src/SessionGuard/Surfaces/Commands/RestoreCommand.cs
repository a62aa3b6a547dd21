using System.CommandLine;
using SessionGuard.Platform.Backups;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Surfaces.Commands;

/// <summary><c>restore</c>: a backup in the place of the database, held until <c>restore --confirm</c>.</summary>
internal static class RestoreCommand
{
    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var file = new Argument<string?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "What backup wrote." };
        var replace = new Option<bool>("--replace") { Description = "Give up what the database holds now." };
        var confirm = new Option<bool>("--confirm") { Description = "The service that the backup was taken of is gone: let mail leave and call Zoom again." };
        var restore = new Command("restore", "Puts a backup in the place of the database. It sends nothing until --confirm.") { file, replace, confirm };
        restore.Validators.Add(result =>
        {
            if (result.GetResult(file) is { Tokens.Count: > 0 } == result.GetValue(confirm))
            {
                result.AddError("restore takes a file, or --confirm on its own.");
            }
        });
        restore.SetAction((parse, cancellation) => OneOff.RunAsync(
            build,
            parse,
            (services, token) => parse.GetValue(file) is { } backup
                ? RestoreAsync(services, backup, parse.GetValue(replace), token)
                : ConfirmAsync(services, token),
            cancellation));
        return restore;
    }

    private static async Task<int> RestoreAsync(IServiceProvider services, string file, bool replace, CancellationToken cancellation)
    {
        var stock = await services.GetRequiredService<RestoreBackup>().HandleAsync(file, replace, cancellation);
        Console.WriteLine($"Restored {stock.Rows} rows.");
        foreach (var ledger in stock.Ledgers)
        {
            Console.WriteLine($"{ledger.Organisation}: {(ledger.Holds ? "sound" : "does NOT hold")}, {ledger.Entries} entries, end {ledger.Hash}");
        }

        await Console.Error.WriteLineAsync(RestoreHoldGate.HeldSentence);
        return stock.Holds ? 0 : 1;
    }

    private static async Task<int> ConfirmAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await services.GetRequiredService<DatabaseMigrator>().CheckAsync(cancellation);
        var waiting = await services.GetRequiredService<ConfirmRestoration>().HandleAsync(cancellation);
        Console.WriteLine(waiting is { } mails
            ? $"Confirmed. {mails} mails that waited will now leave."
            : "Nothing was held: this database was not restored, or was confirmed before.");
        return 0;
    }
}
