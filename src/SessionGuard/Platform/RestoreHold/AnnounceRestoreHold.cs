namespace SessionGuard.Platform.RestoreHold;

/// <summary>Says in the log, at each start, that the instance is held.</summary>
internal sealed partial class AnnounceRestoreHold(RestoreHoldGate gate, ILogger<AnnounceRestoreHold> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await gate.IsHeldAsync(cancellationToken))
        {
            LogHeld(RestoreHoldGate.HeldSentence);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "{Sentence}")]
    private partial void LogHeld(string sentence);
}
