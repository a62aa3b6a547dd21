using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// Hands over what is left at the end. The SDK would do so one signal after the other and wait for each; a collector that hangs does not hold up
/// the stop for that long.
/// </summary>
internal sealed class OtlpShutdown(TracerProvider traces, MeterProvider metrics, LoggerProvider logs) : IHostedLifecycleService
{
    private const int PatienceMilliseconds = 3_000;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All three side by side: each blocks a thread until its collector has answered.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        new Func<int, bool>[] { traces.Shutdown, metrics.Shutdown, logs.Shutdown }
            .Select(shutdown => Task.Run(() => shutdown(PatienceMilliseconds), CancellationToken.None)));
}
