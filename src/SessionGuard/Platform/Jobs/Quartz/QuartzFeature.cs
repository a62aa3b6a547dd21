namespace SessionGuard.Platform.Jobs.Quartz;

internal static class QuartzFeature
{
    /// <summary>Quartz.NET as the engine: it says when, <see cref="JobRunner"/> does the rest.</summary>
    public static void AddQuartzEngine(this IServiceCollection services) => services.AddHostedService<QuartzEngine>();
}
