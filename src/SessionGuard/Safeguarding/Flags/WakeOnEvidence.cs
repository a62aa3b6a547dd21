using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Jobs;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>
/// Wakes the judging as soon as new evidence is committed, whichever feature it came by: those below cannot know who judges. What this
/// misses, the job's own rhythm finds.
/// </summary>
internal sealed class WakeOnEvidence(JobWaker waker) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> _withEvidence = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && db.ChangeTracker.Entries<Session>().Any(e =>
            e.State is EntityState.Added || (e.State is EntityState.Modified && e.Property(s => s.JudgeDueAt).IsModified)))
        {
            _withEvidence.AddOrUpdate(db, db);
        }

        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && _withEvidence.Remove(db))
        {
            waker.WakeIn<EvaluateSessionsJob>(EvaluateSessionsJob.Gather);
        }

        return Task.CompletedTask;
    }
}
