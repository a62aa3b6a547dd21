using System.Reflection;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// Traces, metrics and logs to a collector over OTLP. How, the standard <c>OTEL_</c> variables say, from the environment or any other source of the
/// configuration.
/// </summary>
internal static class Otlp
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string OurSources = $"{Instruments.Prefix}.*";

    /// <summary>Machines ask these all day long.</summary>
    private static readonly PathString[] Routine = ["/health/live", "/health/ready", "/metrics"];

    public static void Export(OpenTelemetryBuilder telemetry)
    {
        telemetry.WithTracing(traces => traces
            .AddSource(OurSources)
            .AddAspNetCoreInstrumentation(o => o.Filter = context => !Routine.Contains(context.Request.Path))
            .AddHttpClientInstrumentation()
            .AddNpgsql()
            .AddProcessor(new SpansWithoutPeople()));
        telemetry.Services.Configure<OpenTelemetryLoggerOptions>(logs => logs.IncludeFormattedMessage = true);
        telemetry.UseOtlpExporter();
        telemetry.Services.AddHostedService<OtlpShutdown>();
        telemetry.Services.AddHostedService<FigureRefresh>();
    }

    /// <summary>The name stands unless the operator gives another.</summary>
    public static void Describe(ResourceBuilder resource, IConfiguration configuration) => resource.AddService(
        configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "sessionguard",
        serviceVersion: typeof(Otlp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
}
