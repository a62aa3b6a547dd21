using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Runs the rules on every session that is due, and raises or clears what they find.</summary>
internal sealed partial class EvaluateSessionsJob(
    IServiceScopeFactory scopes, SessionGuardDb db, JobWaker waker, TimeProvider clock, ILogger<EvaluateSessionsJob> logger) : ILeasing
{
    /// <summary>How long new evidence waits for more: a class that begins brings a family a second.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);

    private const int Together = 200;
    private const int Attempts = 3;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            List<Session> claimed;
            await using (var scope = scopes.CreateServiceScope())
            {
                claimed = await scope.ServiceProvider.GetRequiredService<SessionClaims>().TakeAsync(Together, clock.Now(), cancellation);
            }

            if (claimed.Count == 0)
            {
                return;
            }

            await JudgeTogetherOrAloneAsync(claimed, cancellation);
        }
    }

    public IQueryable<DateTimeOffset?> Leases => Session.ToJudge.Leases(db);

    public Task<int> CountAsync(CancellationToken cancellation)
    {
        var now = clock.Now();
        return db.Set<Session>().CountAsync(s => s.JudgeDueAt <= now, cancellation);
    }

    /// <summary>
    /// One session that cannot be judged holds up none of the others. Whatever is wrong with it, it is due again when its claim ends.
    /// </summary>
    private async Task JudgeTogetherOrAloneAsync(List<Session> claimed, CancellationToken cancellation)
    {
        if (await TryJudgeAsync(claimed, cancellation) is not { } failure)
        {
            return;
        }

        if (claimed is [var alone])
        {
            LogNotJudged(alone.Id, failure.GetType().Name);
            return;
        }

        foreach (var session in claimed)
        {
            await JudgeTogetherOrAloneAsync([session], cancellation);
        }
    }

    /// <summary>Null: judged, here or by another pass.</summary>
    private async Task<Exception?> TryJudgeAsync(List<Session> claimed, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateServiceScope();
                if (await scope.ServiceProvider.GetRequiredService<SessionJudge>().RunAsync(claimed, cancellation))
                {
                    waker.Wake<BackfillJob>();
                }

                waker.Wake<SendMailJob>();
                return null;
            }
            catch (Exception conflict) when (DatabaseFault.IsConflict(conflict) && attempt < Attempts)
            {
                // A person decided on one of the flags meanwhile; what they left is read afresh.
            }
            catch (LeaseLostException) when (claimed.Count == 1)
            {
                return null; // theirs now who have it
            }
            catch (Exception failure) when (!DatabaseFault.IsUnavailable(failure) && !cancellation.IsCancellationRequested)
            {
                return failure;
            }
        }
    }

    [LoggerMessage(EventId = 1501, Level = LogLevel.Error, Message = "Session {SessionId} could not be judged: {Failure}. It is tried again.")]
    private partial void LogNotJudged(Guid sessionId, string failure);
}
