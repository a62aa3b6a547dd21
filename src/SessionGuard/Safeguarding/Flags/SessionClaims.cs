using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>
/// Takes due sessions for one pass. The claim writes its own end into the due time: evidence that comes while they are judged overwrites
/// it, and is then found again when they are given back.
/// </summary>
internal sealed class SessionClaims(SessionGuardDb db)
{
    /// <summary>Many times as long as a batch takes. A pass that died leaves its sessions due again after it; a class may be on meanwhile.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <returns>As they were at the moment of the claim, with <see cref="Session.JudgeLeasedUntil"/> set; no other pass has them.</returns>
    public async Task<List<Session>> TakeAsync(int most, DateTimeOffset now, CancellationToken cancellation)
    {
        var claim = db.Database.IsNpgsql() ? ClaimOnPostgres(now, now + Lease, most) : ClaimOnSqlite(now, now + Lease, most);
        return await db.InTransactionAsync(
            () => db.Set<Session>().FromSql(claim).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellation), cancellation);
    }

    /// <summary>In the transaction that saves what was found.</summary>
    /// <param name="next">When each is due again; null: never by itself.</param>
    /// <exception cref="LeaseLostException">Another pass has taken some of them over meanwhile.</exception>
    public async Task GiveBackAsync(IEnumerable<(Session Session, DateTimeOffset? Next)> next, CancellationToken cancellation)
    {
        foreach (var group in next.GroupBy(n => (n.Next, n.Session.JudgeLeasedUntil)))
        {
            var ids = group.Select(n => n.Session.Id).ToList();
            var (due, claimed) = group.Key;
            var given = await db.Set<Session>().Where(s => ids.Contains(s.Id) && s.JudgeLeasedUntil == claimed).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.JudgeDueAt, s => s.JudgeDueAt == claimed ? due : s.JudgeDueAt)
                    .SetProperty(s => s.JudgeLeasedUntil, (DateTimeOffset?)null),
                cancellation);
            if (given != ids.Count)
            {
                throw new LeaseLostException();
            }
        }
    }

    private static FormattableString ClaimOnPostgres(DateTimeOffset now, DateTimeOffset until, int most) => $"""
        UPDATE sessions SET judge_leased_until = {until}, judge_due_at = {until} WHERE id IN (
            SELECT id FROM sessions WHERE judge_due_at <= {now} AND (judge_leased_until IS NULL OR judge_leased_until <= {now})
            ORDER BY judge_due_at LIMIT {most} FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    /// <summary>The same for an engine with one writer at a time, where instants are Unix milliseconds.</summary>
    private static FormattableString ClaimOnSqlite(DateTimeOffset now, DateTimeOffset until, int most)
    {
        var (instant, end) = (now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        return $"""
            UPDATE sessions SET judge_leased_until = {end}, judge_due_at = {end} WHERE id IN (
                SELECT id FROM sessions WHERE judge_due_at <= {instant} AND (judge_leased_until IS NULL OR judge_leased_until <= {instant})
                ORDER BY judge_due_at LIMIT {most})
            RETURNING *
            """;
    }
}
