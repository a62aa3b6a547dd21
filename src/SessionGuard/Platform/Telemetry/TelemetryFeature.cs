using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Telemetry;

internal static class TelemetryFeature
{
    /// <summary>What <c>/metrics</c> shows, and the export to a collector where one is named.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<MetricsOptions>("Metrics");
        services.AddSingleton<ServiceFigures>();
        services.AddSingleton<DistributedContextPropagator>(OwnTraces.Instance);
        // The instrumentation has a propagator of its own, one for the whole process, which would let a stranger's trace in.
        Sdk.SetDefaultTextMapPropagator(new CompositeTextMapPropagator([]));
        services.AddMetrics(Instruments.Choose);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => Otlp.Describe(resource, builder.Configuration))
            .WithMetrics(metrics => metrics
                .AddView(Instruments.Shape)
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter(o =>
                {
                    // Labels and figures that no alert knows; and each reader is shown what is true when it asks.
                    o.ScopeInfoEnabled = false;
                    o.TargetInfoEnabled = false;
                    o.ScrapeResponseCacheDurationMilliseconds = 0;
                }));
        if (!string.IsNullOrWhiteSpace(builder.Configuration[Otlp.EndpointKey]))
        {
            Otlp.Export(telemetry);
        }
    }
}
