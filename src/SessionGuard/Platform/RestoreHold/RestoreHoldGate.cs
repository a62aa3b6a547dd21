using System.Data.Common;

namespace SessionGuard.Platform.RestoreHold;

/// <summary>Whether mail may leave and Zoom may be called. A restored instance is held until an operator confirms it.</summary>
/// <param name="clock">Says how old the last answer is.</param>
/// <param name="readIsHeld">Asks the database.</param>
/// <remarks>Asked before every mail and every call, so an answer is kept for a moment: a confirmation is heard of within it.</remarks>
internal sealed class RestoreHoldGate(TimeProvider clock, Func<CancellationToken, Task<bool>> readIsHeld)
{
    public const string HeldSentence =
        "This service was restored from a backup and is held: no mail leaves and Zoom is not called until somebody runs restore --confirm.";

    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(3);

    private volatile Answer? _last;

    /// <summary>While the database is away, what it said last still holds; a service that never heard from it is held.</summary>
    public async ValueTask<bool> IsHeldAsync(CancellationToken cancellation)
    {
        if (_last is { } last && clock.GetElapsedTime(last.At) < KeptFor)
        {
            return last.IsHeld;
        }

        var at = clock.GetTimestamp();
        try
        {
            var answer = new Answer(await readIsHeld(cancellation), at);
            _last = answer;
            return answer.IsHeld;
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException { InnerException: DbException })
        {
            return _last?.IsHeld ?? true;
        }
    }

    private sealed record Answer(bool IsHeld, long At);
}
