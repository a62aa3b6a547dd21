using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace SessionGuard.Platform.Jobs;

/// <summary>Has this process give its signs of life for as long as it runs.</summary>
internal sealed partial class Heartbeat(NodeRegister register, TimeProvider clock, ILogger<Heartbeat> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(register.LeaveAsync, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(NodeRegister.Every, clock);
        do
        {
            await TryAsync(register.SignAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A database that is away silences this process, as it should: nothing else ends by it.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> sign, CancellationToken cancellation)
    {
        try
        {
            await sign(cancellation);
        }
        catch (Exception failure) when (failure is DbUpdateException or DbException or TimeoutException or InvalidOperationException)
        {
            LogNoSign(failure.GetType().Name);
        }
    }

    [LoggerMessage(EventId = 704, Level = LogLevel.Warning, Message = "This process could not give its sign of life: {Failure}.")]
    private partial void LogNoSign(string failure);
}
