using System.CommandLine;
using Microsoft.Extensions.Options;

namespace SessionGuard.Commands;

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
        catch (Exception failure) when (failure is StartException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static RootCommand Root(Func<WebApplicationBuilder, WebApplication> build)
    {
        var root = new RootCommand("SessionGuard keeps a school's online lessons to its safeguarding policy.")
        {
            Serve(build),
            TokenCommand.Create(build),
        };
        // Anything that is no verb belongs to the host, such as --urls or --environment.
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parse, cancellation) => ServeAsync(build, [.. parse.UnmatchedTokens], cancellation));
        return root;
    }

    private static Command Serve(Func<WebApplicationBuilder, WebApplication> build)
    {
        var serve = new Command("serve", "Runs the service.") { TreatUnmatchedTokensAsErrors = false };
        serve.SetAction((parse, cancellation) => ServeAsync(build, [.. parse.UnmatchedTokens], cancellation));
        return serve;
    }

    private static async Task<int> ServeAsync(Func<WebApplicationBuilder, WebApplication> build, string[] args, CancellationToken cancellation)
    {
        await using var app = build(WebApplication.CreateBuilder(args));
        await app.RunAsync(cancellation);
        return 0;
    }
}
