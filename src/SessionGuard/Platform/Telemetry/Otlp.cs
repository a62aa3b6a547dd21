using System.Reflection;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// Traces, metrics and logs to a collector over OTLP. How, the standard <c>OTEL_</c> variables say, from the environment or any other source of the
/// configuration.
/// </summary>
/// <remarks>
/// No class of ours inherits from one of the SDK's or takes one in its constructor: EF Core and Razor Pages look at those of every class, and
/// whoever wants no export does not even load the SDK.
/// </remarks>
internal static class Otlp
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string OurSources = "SessionGuard.*";

    /// <summary>Not the framework's client spans: they hold the whole address of a call to Zoom. Ours have its route.</summary>
    private static readonly string[] Sources = [OurSources, "Microsoft.AspNetCore"];

    private static readonly string[] Meters =
        [OurSources, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Export(WebApplicationBuilder builder)
    {
        IConfiguration configuration = builder.Configuration;
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), configuration));
            logs.AddOtlpExporter();
        });
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => Describe(resource, configuration))
            .AddSource(Sources)
            .AddOtlpExporter()
            .Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => Describe(resource, configuration))
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build());
        builder.Services.AddHostedService<OtlpExport>();
        builder.Services.AddSingleton<IStartupFilter, RequestSpans>();
    }

    /// <summary>The name stands unless the operator gives another.</summary>
    private static ResourceBuilder Describe(ResourceBuilder resource, IConfiguration configuration) => resource.AddService(
        configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "sessionguard",
        serviceVersion: typeof(Otlp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
}
