using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Retention;

/// <summary>One kind of row that goes when its time has come.</summary>
/// <param name="kind">As the ledger and the operator's table name it.</param>
/// <param name="place">Where it stands in its stage, in the operator's table: the smallest is first.</param>
internal abstract class Expiry(string kind, ExpiryStage stage, int place, TimeSpan keep)
{
    public string Kind => kind;

    public ExpiryStage Stage => stage;

    public int Place => place;

    public TimeSpan Keep => keep;

    public abstract Task<int> CountAsync(SessionGuardDb db, Guid school, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>One batch, in a transaction of its own. What became held meanwhile is left.</summary>
    /// <returns>False: no more are due.</returns>
    public abstract Task<bool> PurgeAsync(SessionGuardDb db, Guid school, DateTimeOffset now, CancellationToken cancellation);
}

/// <param name="due">The rows that have to go.</param>
/// <param name="purge">What is done with them; null: they are deleted.</param>
/// <param name="areFew">They go all at once. For rows without an id of their own.</param>
internal sealed class Expiry<T>(
    string kind, ExpiryStage stage, int place, TimeSpan keep, Func<RetentionScope, IQueryable<T>> due,
    Func<IQueryable<T>, CancellationToken, Task<int>>? purge = null, bool areFew = false)
    : Expiry(kind, stage, place, keep)
    where T : class
{
    /// <summary>On SQLite a transaction keeps the endpoint waiting, so it is short.</summary>
    private const int Batch = 500;

    public override Task<int> CountAsync(SessionGuardDb db, Guid school, DateTimeOffset now, CancellationToken cancellation) =>
        Due(db, school, now).CountAsync(cancellation);

    public override async Task<bool> PurgeAsync(SessionGuardDb db, Guid school, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = Due(db, school, now);
        if (areFew)
        {
            await db.InTransactionAsync(() => PurgeAsync(rows, cancellation), cancellation);
            return false;
        }

        // Looked for outside the transaction: the search may be long, and only the deletion needs the turn to write.
        var ids = await rows.Select(row => EF.Property<Guid>(row, "Id")).OrderBy(id => id).Take(Batch).ToListAsync(cancellation);
        if (ids.Count == 0)
        {
            return false;
        }

        var chosen = rows.Where(row => ids.Contains(EF.Property<Guid>(row, "Id")));
        await db.InTransactionAsync(() => PurgeAsync(chosen, cancellation), cancellation);
        return ids.Count == Batch;
    }

    private Task<int> PurgeAsync(IQueryable<T> rows, CancellationToken cancellation) =>
        purge is null ? rows.ExecuteDeleteAsync(cancellation) : purge(rows, cancellation);

    private IQueryable<T> Due(SessionGuardDb db, Guid school, DateTimeOffset now) => due(new RetentionScope(db, school, now - Keep));
}
