using System.Diagnostics;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Telemetry;

internal static class TelemetryFeature
{
    /// <summary>The figures behind <c>/metrics</c>, and the export to a collector where one is named.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.AddSettings<MetricsOptions>("Metrics");
        builder.Services.AddSingleton<DistributedContextPropagator>(OwnTraces.Instance);
        builder.Services.AddSingleton<JobTimeliness>();
        builder.Services.AddSingleton<ServiceFigures>();
        if (!string.IsNullOrWhiteSpace(builder.Configuration[Otlp.EndpointKey]))
        {
            Otlp.Export(builder);
        }
    }
}
