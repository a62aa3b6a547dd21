using System.CommandLine;
using SessionGuard.Demo;
using SessionGuard.Surfaces.Seeding;

namespace SessionGuard.Surfaces.Commands;

/// <summary>The verbs. All read the same configuration as <c>serve</c>; messages go to standard error, results to standard output.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Func<WebApplicationBuilder, WebApplication> build)
    {
        try
        {
            return await Root(build).Parse(args).InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // the host listens for SIGTERM itself
            });
        }
        catch (Exception failure) when (StartFailure.Explain(failure) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static RootCommand Root(Func<WebApplicationBuilder, WebApplication> build)
    {
        var root = new RootCommand("SessionGuard keeps a school's online lessons to its safeguarding policy.")
        {
            ServeCommand.Create(build),
            DemoCommand.Create(build),
            MigrateCommand.Create(build),
            LedgerCommand.Create(build),
            AccountCommand.Create(build),
            TokenCommand.Create(build),
            SeedCommand.Create(build),
            BackupCommand.Create(build),
            RestoreCommand.Create(build),
            RetentionCommand.Create(build),
            KeyCommand.Create(build),
            WebhookSecretCommand.Create(build),
        };
        // No verb at all is serve; what remains is the host's, such as --urls or --Storage:Engine.
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parse, cancellation) => ServeCommand.RunAsync(build, HostArguments.ReadArguments(parse), cancellation));
        foreach (var command in root.Subcommands.SelectMany(c => c.Subcommands.Prepend(c)))
        {
            command.TreatUnmatchedTokensAsErrors = false;
        }

        return root;
    }
}
