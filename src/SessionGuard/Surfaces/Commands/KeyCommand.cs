using System.CommandLine;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Keys;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Surfaces.Commands;

/// <summary><c>key</c>: changes the master key while the service runs. Each step can be run again after it was cut short.</summary>
internal static class KeyCommand
{
    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var prepare = new Option<bool>("--prepare") { Description = "Only makes the next key, to be copied to every node before it is used." };
        var rotate = new Command("rotate", "Makes a new key and seals everything stored under it. The one before still opens.") { prepare };
        rotate.SetAction((parse, cancellation) => OneOff.RunAsync(
            build, parse, (services, token) => parse.GetValue(prepare) ? PrepareAsync(services) : RotateAsync(services, token), cancellation));
        var retire = new Command("retire", "Takes the key before out of the file, once nothing is sealed under it.");
        retire.SetAction((parse, cancellation) => OneOff.RunAsync(build, parse, RetireAsync, cancellation));
        return new Command("key", "The key that protects personal data and secrets.") { rotate, retire };
    }

    private static Task<int> PrepareAsync(IServiceProvider services)
    {
        var rotation = services.GetRequiredService<KeyRotation>();
        using var held = rotation.Hold();
        Console.WriteLine($"The next key is {rotation.Prepare().Name}. Copy {services.GetRequiredService<MasterKey>().File} to every node, then run key rotate.");
        return Task.FromResult(0);
    }

    private static async Task<int> RotateAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await services.OpenDatabaseAsync(cancellation);
        var rotation = services.GetRequiredService<KeyRotation>();
        using var held = rotation.Hold();
        var keys = rotation.Begin();
        // A running service goes on with the key before for a moment; what it seals in it is found by the next round.
        await Task.Delay(2 * MasterKey.Notice, services.GetRequiredService<TimeProvider>(), cancellation);
        var (all, round) = (0, 0);
        do
        {
            all += round;
            round = await RoundAsync(services, cancellation);
        }
        while (round > 0);

        await RecordAsync(services, KeyActions.Rotated, keys.Current, cancellation);
        Console.WriteLine($"{all} rows were sealed anew under the key {keys.Current.Name}. {keys.Previous!.Name} still opens: end it with key retire.");
        return 0;
    }

    private static async Task<int> RetireAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await services.OpenDatabaseAsync(cancellation);
        var rotation = services.GetRequiredService<KeyRotation>();
        using var held = rotation.Hold();
        if (services.GetRequiredService<MasterKey>().Load().Previous is not { } previous)
        {
            Console.WriteLine("There is no key before the current one.");
            return 0;
        }

        if (await services.GetRequiredService<ReencryptionPass>().CountAsync(cancellation) is > 0 and var left)
        {
            throw new StartException($"{left} rows are not sealed under the current key: run key rotate again. Nothing was changed.");
        }

        rotation.End();
        await RecordAsync(services, KeyActions.Retired, previous, cancellation);
        Console.WriteLine($"{previous.Name} is out of the key file. Backups from before need the file as it was.");
        return 0;
    }

    private static async Task<int> RoundAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var changed = 0;
        await foreach (var rows in services.GetRequiredService<ReencryptionPass>().BatchesAsync(cancellation))
        {
            changed += rows;
        }

        return changed;
    }

    private static async Task RecordAsync(IServiceProvider services, LedgerAction action, NamedKey key, CancellationToken cancellation)
    {
        var (db, now) = (services.GetRequiredService<SessionGuardDb>(), services.GetRequiredService<TimeProvider>().Now());
        foreach (var school in services.GetRequiredService<OrganisationDirectory>().All)
        {
            db.Record(new LedgerNote(school.Id, now, LedgerName.Operator, action, $"key:{key.Name}", new { }));
        }

        await db.SaveChangesAsync(cancellation);
    }
}
