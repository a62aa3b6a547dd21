using System.CommandLine;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Surfaces.Commands;

/// <summary><c>migrate</c>: brings the database to this program's schema, for installations where <c>serve</c> may not.</summary>
internal static class MigrateCommand
{
    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var migrate = new Command("migrate", "Brings the database to the current schema.");
        migrate.SetAction((parse, cancellation) => OneOff.RunAsync(build, parse, RunAsync, cancellation));
        return migrate;
    }

    private static async Task<int> RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellation);
        Console.WriteLine("The database has the current schema.");
        return 0;
    }
}
