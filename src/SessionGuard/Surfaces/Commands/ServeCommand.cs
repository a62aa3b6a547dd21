using System.CommandLine;

namespace SessionGuard.Surfaces.Commands;

/// <summary><c>serve</c>: the service itself.</summary>
internal static class ServeCommand
{
    private const string DefaultAddress = "http://localhost:5080";

    /// <summary>Who writes a failed start into the log, stack and all.</summary>
    private static readonly string[] StartReporters =
        ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting.Diagnostics"];

    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var serve = new Command("serve", "Runs the service.");
        serve.SetAction((parse, cancellation) => RunAsync(build, HostArguments.ReadArguments(parse), cancellation));
        return serve;
    }

    public static async Task<int> RunAsync(Func<WebApplicationBuilder, WebApplication> build, string[] args, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(args);
        var started = false;
        // Until it is up, a failure is told once and in a sentence, by whoever called this.
        foreach (var reporter in StartReporters)
        {
            builder.Logging.AddFilter(reporter, level => started && level >= LogLevel.Information);
        }

        if (!NamesAnAddress(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        await using var app = build(builder);
        app.Lifetime.ApplicationStarted.Register(() => started = true);
        await app.RunAsync(cancellation);
        return 0;
    }

    /// <summary>By any of the ways ASP.NET Core has, each of which would lose against an address set in code.</summary>
    private static bool NamesAnAddress(ConfigurationManager configuration) =>
        !string.IsNullOrEmpty(configuration["urls"] ?? configuration["http_ports"] ?? configuration["https_ports"])
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
