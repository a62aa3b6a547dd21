namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// Keeps the figures up to date for the export, which happens whenever it is due and asks nobody. A reader of <c>/metrics</c> brings them up to
/// date by asking.
/// </summary>
internal sealed class FigureRefresh(ServiceFigures figures, TimeProvider clock) : BackgroundService
{
    /// <summary>Half of what the export waits by default.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await figures.RefreshAsync(stoppingToken);
        }
    }
}
