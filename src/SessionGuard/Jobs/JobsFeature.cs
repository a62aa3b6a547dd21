using SessionGuard.Jobs;
using SessionGuard.Jobs.Quartz;

namespace SessionGuard;

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

        services.AddSingleton<JobFigures>();
        services.AddSingleton<JobRecords>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobWaker>();
        services.AddScoped<JobsOverview>();
        // Before the engine: hosted services stop in reverse, and the last passes are waited for when nothing asks for new ones.
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
        services.AddQuartzEngine();
    }
}
