namespace SessionGuard.Platform.Tenancy;

/// <summary>Reads the organisations again each minute. Another node may have changed one, so every node does it, also one without jobs.</summary>
internal sealed partial class FollowOrganisations(OrganisationDirectory directory, TimeProvider clock, ILogger<FollowOrganisations> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await directory.RefreshAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogNotRead(failure.GetType().Name); // what was read before stays in use
            }
        }
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "The organisations could not be read again: {Failure}.")]
    private partial void LogNotRead(string failure);
}
