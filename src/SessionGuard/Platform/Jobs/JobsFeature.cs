using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs.Hangfire;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Platform.Jobs;

internal static class JobsFeature
{
    public static void AddJobs(this WebApplicationBuilder builder, IEnumerable<ScheduledJob> schedule)
    {
        var services = builder.Services;
        builder.AddSettings<JobsOptions>("Jobs");
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
        services.AddHangfireEngine();
    }

    /// <param name="maySteer">Who may start, stop and remove what is in the engine.</param>
    public static void MapJobs(this WebApplication app, Func<HttpContext, bool> maySteer) => app.MapHangfireDashboard(maySteer);
}
