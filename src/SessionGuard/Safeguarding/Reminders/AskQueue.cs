using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>Takes due asks, the longest due first. Of two passes at once none takes what the other has.</summary>
internal sealed class AskQueue(SessionGuardDb db, TimeProvider clock)
{
    private const int Batch = 100;

    /// <summary>Longer than a batch takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <returns>As they were claimed, the lease included; none when nothing is due.</returns>
    public async Task<IReadOnlyList<Ask>> ClaimAsync(CancellationToken cancellation)
    {
        var now = clock.Now();
        var claim = db.Database.IsNpgsql() ? ClaimOnPostgres(now, now + Lease) : ClaimOnSqlite(now, now + Lease);
        var claimed = await db.InTransactionAsync(
            () => db.Set<Ask>().FromSql(claim).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellation), cancellation);
        return [.. claimed.OrderBy(a => a.DueAt).ThenBy(a => a.Id)];
    }

    /// <summary>Due and not in anybody's hands. The index of what waits is all that it needs: asks that were sent are many.</summary>
    public IQueryable<Ask> Due()
    {
        var now = clock.Now();
        return db.Set<Ask>().Where(a => a.State == AskState.Waiting && a.DueAt <= now && (a.LeasedUntil == null || a.LeasedUntil <= now));
    }

    private static FormattableString ClaimOnPostgres(DateTimeOffset now, DateTimeOffset until) => $"""
        UPDATE asks SET leased_until = {until} WHERE id IN (
            SELECT id FROM asks WHERE state = 'Waiting' AND due_at <= {now} AND (leased_until IS NULL OR leased_until <= {now})
            ORDER BY due_at LIMIT {Batch} FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    /// <summary>The same for an engine with one writer at a time, where instants are Unix milliseconds.</summary>
    private static FormattableString ClaimOnSqlite(DateTimeOffset now, DateTimeOffset until)
    {
        var (instant, end) = (now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        return $"""
            UPDATE asks SET leased_until = {end} WHERE id IN (
                SELECT id FROM asks WHERE state = 'Waiting' AND due_at <= {instant} AND (leased_until IS NULL OR leased_until <= {instant})
                ORDER BY due_at LIMIT {Batch})
            RETURNING *
            """;
    }
}
