using System.CommandLine;

namespace SessionGuard.Surfaces.Commands;

/// <summary>The verbs. All read the same configuration as <c>serve</c>; messages go to standard error, results to standard output.</summary>
internal static class CommandLine
{
    /// <param name="others">The verbs that live with other features.</param>
    public static async Task<int> RunAsync(string[] args, Func<WebApplicationBuilder, WebApplication> build, params Func<Func<WebApplicationBuilder, WebApplication>, Command>[] others)
    {
        try
        {
            return await Root(build, others).Parse(args).InvokeAsync(new InvocationConfiguration
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

    private static RootCommand Root(
        Func<WebApplicationBuilder, WebApplication> build, Func<Func<WebApplicationBuilder, WebApplication>, Command>[] others)
    {
        var root = new RootCommand("SessionGuard keeps a school's online lessons to its safeguarding policy.")
        {
            ServeCommand.Create(build),
            MigrateCommand.Create(build),
            LedgerCommand.Create(build),
            AccountCommand.Create(build),
            TokenCommand.Create(build),
            BackupCommand.Create(build),
            RestoreCommand.Create(build),
            RetentionCommand.Create(build),
            KeyCommand.Create(build),
            WebhookSecretCommand.Create(build),
        };
        foreach (var create in others)
        {
            root.Add(create(build));
        }

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
