using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs.Quartz;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Platform.Jobs;

internal static partial class JobsFeature
{
    public static void AddJobs(this WebApplicationBuilder builder, IEnumerable<ScheduledJob> schedule)
    {
        var services = builder.Services;
        builder.AddSettings<JobsOptions>("Jobs");
        services.AddSingleton<IValidateOptions<JobsOptions>, JobsOptionsCheck>();
        foreach (var job in schedule)
        {
            services.AddSingleton(job);
        }

        services.AddSingleton<ThisNode>();
        services.AddSingleton<NodeRegister>();
        services.AddSingleton<JobFigures>();
        services.AddSingleton<JobRecords>();
        services.AddFigures<JobTimeliness>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobWaker>();
        services.AddSingleton<SchoolsSideBySide>();
        services.AddScoped<JobsOverview>();
        services.AddScoped<NodesOverview>();
        // Before the jobs: it falls silent when their last pass is over.
        services.AddHostedService<Heartbeat>();
        // Before the engine: hosted services stop in reverse, and the last passes are waited for when nothing asks for new ones.
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
        services.AddQuartzEngine();
        AddHangfireEngine(builder);
    }

    public static void MapJobs(this WebApplication app) => MapHangfire(app);

    /// <summary>Nothing, unless the program is built with Hangfire.</summary>
    static partial void AddHangfireEngine(WebApplicationBuilder builder);

    static partial void MapHangfire(WebApplication app);
}
