using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// How the service stands, as its records tell it. Read at most every few seconds however many ask, and without a database there is still an
/// answer: that it does not answer.
/// </summary>
internal sealed class ServiceFigures(IServiceScopeFactory scopes, JobTimeliness jobs, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<Figure> _last = [];
    private DateTimeOffset? _readAt;

    public async Task<IReadOnlyList<Figure>> ReadAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var now = clock.Now();
            if (_readAt is not { } readAt || now - readAt >= KeptFor || now < readAt)
            {
                _last = await AskAsync(now, cancellation);
                _readAt = now;
            }

            return _last;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<Figure>> AskAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await using var scope = scopes.CreateServiceScope();
            var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
            return
            [
                DatabaseAnswers(1),
                .. await InboxFigures.ReadAsync(db, now, limit.Token),
                .. await MailFigures.ReadAsync(db, now, limit.Token),
                .. await FlagFigures.ReadAsync(db, now, limit.Token),
                .. await jobs.ReadAsync(db, now, limit.Token),
            ];
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException
            || failure is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return [DatabaseAnswers(0)];
        }
    }

    private static Figure DatabaseAnswers(int value) => new("sessionguard_database_answers", "1 while the records can be read; without them some figures are missing.", value);
}

internal static class Ages
{
    /// <summary>0 for nothing, and for what a clock that runs ahead has stamped.</summary>
    public static double SecondsSince(this DateTimeOffset now, DateTimeOffset? instant) => instant is { } at ? Math.Max(0, (now - at).TotalSeconds) : 0;
}
