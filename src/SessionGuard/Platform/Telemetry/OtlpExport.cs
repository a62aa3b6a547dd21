using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SessionGuard.Platform.Telemetry;

/// <summary>Has the export run from the start, and hand over what is left at the end; a collector that hangs does not hold up the stop for long.</summary>
internal sealed class OtlpExport(IServiceProvider services) : IHostedLifecycleService
{
    private const int PatienceMilliseconds = 3_000;

    /// <summary>Kept from the start: at the end the services may already be going.</summary>
    private IReadOnlyList<Func<int, bool>> _shutdowns = [];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _shutdowns =
        [
            services.GetRequiredService<TracerProvider>().Shutdown,
            services.GetRequiredService<MeterProvider>().Shutdown,
            services.GetRequiredService<LoggerProvider>().Shutdown,
        ];
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All three side by side: each blocks a thread until its collector has answered.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_shutdowns.Select(shutdown => Task.Run(() => shutdown(PatienceMilliseconds), CancellationToken.None)));
}
