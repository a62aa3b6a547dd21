using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SessionGuard.Telemetry;

/// <summary>Has the export run from the start, and hand over what is left at the end; a collector that hangs does not hold up the stop for long.</summary>
internal sealed class OtlpExport(IServiceProvider services) : IHostedLifecycleService
{
    private const int PatienceMilliseconds = 3_000;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<TracerProvider>();
        services.GetRequiredService<MeterProvider>();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All three side by side: each blocks a thread until its collector has answered.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => services.GetRequiredService<TracerProvider>().Shutdown(PatienceMilliseconds), CancellationToken.None),
        Task.Run(() => services.GetRequiredService<MeterProvider>().Shutdown(PatienceMilliseconds), CancellationToken.None),
        Task.Run(() => services.GetRequiredService<LoggerProvider>().Shutdown(PatienceMilliseconds), CancellationToken.None));
}
