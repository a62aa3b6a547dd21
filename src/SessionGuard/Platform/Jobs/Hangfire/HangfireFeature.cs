using SessionGuard.Platform.Jobs.Hangfire;
using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SessionGuard.Composition;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Shell;

namespace SessionGuard.Platform.Jobs;

/// <summary>Hangfire as the engine, in a program that was built with it: it says when, <see cref="JobRunner"/> does the rest.</summary>
internal static partial class JobsFeature
{
    private const string Dashboard = "/jobs/hangfire";

    private static readonly TimeSpan Polling = TimeSpan.FromSeconds(1);

    static partial void AddHangfireEngine(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Jobs").Get<JobsOptions>() ?? new JobsOptions();
        if (options.Engine is not JobsEngine.Hangfire)
        {
            return;
        }

        var services = builder.Services;
        services.AddHangfire((provider, hangfire) => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                postgres => postgres.UseNpgsqlConnection(provider.GetRequiredService<PostgresConnections>().ConnectionString),
                new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = false, QueuePollInterval = Polling })
            // Thousands of passes a day: the jobs' page remembers the last of each.
            .WithJobExpirationTimeout(TimeSpan.FromHours(1)));
        if (options.Enabled)
        {
            services.AddHostedService<HangfireEngine>();
            services.AddHangfireServer(server => server.SchedulePollingInterval = Polling);
        }
    }

    /// <summary>For those who may open the page of jobs, and nobody else.</summary>
    static partial void MapHangfire(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<JobsOptions>>().Value.Engine is not JobsEngine.Hangfire)
        {
            return;
        }

        var policy = new AuthorizationPolicyBuilder(AccessRequirement.Scheme).RequireAssertion(context =>
            Viewer.From(context.User) is { } viewer && viewer.Role is Role.Lead or Role.Admin).Build();
        app.MapHangfireDashboardWithNoAuthorizationFilters(Dashboard, new DashboardOptions { DisplayStorageConnectionString = false })
            .RequireAuthorization(policy);
    }
}
