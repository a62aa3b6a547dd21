using System.CommandLine;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.School.Organisations;

namespace SessionGuard.Surfaces.Commands;

/// <summary>
/// Where a verb other than <c>serve</c> runs: the same configuration and services, no server, no jobs, every organisation in sight.
/// </summary>
internal static class OneOff
{
    /// <param name="work">Gets the services of one scope; its result is the exit code.</param>
    public static async Task<int> RunAsync(
        Func<WebApplicationBuilder, WebApplication> build, ParseResult parse, Func<IServiceProvider, CancellationToken, Task<int>> work,
        CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(HostArguments.ReadArguments(parse));
        // Standard output is the result's alone, and of messages only those that matter here.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        // Nobody is there to end a pass that the verb's own work would wake: a service's next turn finds the rows.
        builder.Configuration.AddInMemoryCollection([new("Jobs:Enabled", "false")]);
        await using var app = build(builder);
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await work(scope.ServiceProvider, cancellation);
    }

    /// <summary>
    /// Makes the database ready as the start of the service does. Where a service is running on the same SQLite file, it has done so.
    /// </summary>
    public static async Task OpenDatabaseAsync(this IServiceProvider services, CancellationToken cancellation)
    {
        if (services.GetRequiredService<SqliteOwner>().TryTake())
        {
            await ActivatorUtilities.CreateInstance<StartUp>(services).StartingAsync(cancellation);
            return;
        }

        await services.GetRequiredService<DatabaseMigrator>().CheckAsync(cancellation);
        await services.GetRequiredService<OrganisationDirectory>().RefreshAsync(cancellation);
    }

    /// <exception cref="StartException">There is no such organisation.</exception>
    public static KnownOrganisation Organisation(this IServiceProvider services, string slug) =>
        services.GetRequiredService<OrganisationDirectory>().BySlug(slug)
        ?? throw new StartException($"There is no organisation {slug}. --organisation takes the word that stands in its webhook address.");
}
