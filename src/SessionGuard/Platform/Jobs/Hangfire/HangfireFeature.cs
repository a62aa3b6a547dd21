using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs.Hangfire;

internal static class HangfireFeature
{
    /// <summary>Hangfire as the engine: it says when, <see cref="JobRunner"/> does the rest.</summary>
    public static void AddHangfireEngine(this IServiceCollection services)
    {
        // Before AddHangfire, which takes all three from the process, where two services beside each other would share them.
        services.AddSingleton<JobStorage>(HangfireStorage.Create);
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<IJobFilterProvider>(new JobFilterProviderCollection(CreateFilters()));
        services.AddHangfire((provider, hangfire) => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseLogProvider(new HangfireLog(provider.GetRequiredService<ILoggerFactory>())));
        services.AddSingleton<HangfireConnections>();
        services.AddSingleton<ISchemaPart, HangfireSchema>();
        services.AddSingleton<HangfireSchedule>();
        services.AddHostedService<HangfireEngine>();
    }

    /// <summary>Not Hangfire's usual ones, which try a failed turn ten times and keep it for ever.</summary>
    private static JobFilterCollection CreateFilters() => new()
    {
        new SkipWhileUnfinished(),
        new AutomaticRetryAttribute { Attempts = 0, LogEvents = false, OnAttemptsExceeded = AttemptsExceededAction.Delete },
        new StatisticsHistoryAttribute(), // the dashboard's graph of a day and a week
    };
}
