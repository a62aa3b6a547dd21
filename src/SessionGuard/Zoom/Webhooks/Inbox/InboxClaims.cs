using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Zoom.Webhooks.Inbox;

/// <param name="Messages">None: nothing was due.</param>
/// <param name="MayBeMore">It took as many as it may at once.</param>
internal sealed record Claim(IReadOnlyList<InboxMessage> Messages, bool MayBeMore);

/// <summary>Who applies which stored delivery. A claim is a lease: it ends by itself when the claimant dies.</summary>
internal sealed class InboxClaims(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The most that is applied in one transaction. On SQLite a transaction keeps the door waiting, so it is short.
    /// </summary>
    private const int SqliteBatch = 50, PostgresBatch = 500;

    /// <summary>The oldest pending deliveries that nobody holds, oldest first.</summary>
    public async Task<Claim> TakeAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var now = clock.Now();
        var until = now + Lease;
        var isPostgres = db.Database.IsNpgsql();
        if (!isPostgres && !await DueAsync(db, now, cancellation))
        {
            return new Claim([], MayBeMore: false);
        }

        var taken = isPostgres
            ? await TakeAsync(db,
                $"""
                UPDATE inbox_messages SET leased_until = {until} WHERE id IN (
                    SELECT id FROM inbox_messages WHERE state = 'Pending' AND (leased_until IS NULL OR leased_until <= {now})
                    ORDER BY id LIMIT {PostgresBatch} FOR UPDATE SKIP LOCKED)
                RETURNING *
                """, cancellation)
            : await db.InTransactionAsync(() => TakeAsync(db,
                $"""
                UPDATE inbox_messages SET leased_until = {until.ToUnixTimeMilliseconds()} WHERE id IN (
                    SELECT id FROM inbox_messages
                    WHERE state = 'Pending' AND (leased_until IS NULL OR leased_until <= {now.ToUnixTimeMilliseconds()})
                    ORDER BY id LIMIT {SqliteBatch})
                RETURNING *
                """, cancellation), cancellation);
        return new Claim([.. taken.OrderBy(m => m.Id)], MayBeMore: taken.Count == (isPostgres ? PostgresBatch : SqliteBatch));
    }

    /// <summary>The rows of one claim, as far as it stands: what another pass has taken over or applied is not among them.</summary>
    public static IQueryable<InboxMessage> Held(SessionGuardDb db, IReadOnlyCollection<Guid> ids, DateTimeOffset? lease) =>
        db.Set<InboxMessage>().Where(m => ids.Contains(m.Id) && m.State == InboxState.Pending && m.LeasedUntil == lease);

    /// <summary>Lets go of deliveries that will not be applied now after all, so that another pass need not wait for the lease to end.</summary>
    public async Task ReleaseAsync(IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        var ids = messages.Select(m => m.Id).ToList();
        await UpdateAsync(db => Held(db, ids, messages[0].LeasedUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null), cancellation), cancellation);
    }

    /// <summary>Keeps a delivery that failed out of every pass until <paramref name="dueAgain"/>.</summary>
    public Task PostponeAsync(InboxMessage message, DateTimeOffset dueAgain, CancellationToken cancellation) =>
        UpdateAsync(db => Held(db, [message.Id], message.LeasedUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Tries, m => m.Tries + 1).SetProperty(m => m.LeasedUntil, dueAgain), cancellation), cancellation);

    public Task SetAsideAsync(InboxMessage message, string reason, CancellationToken cancellation) =>
        UpdateAsync(db => Held(db, [message.Id], message.LeasedUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Tries, m => m.Tries + 1).SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(m => m.State, InboxState.SetAside).SetProperty(m => m.Reason, reason), cancellation), cancellation);

    /// <summary>Most passes find nothing, and should not wait for their turn to write to learn it. PostgreSQL has no turns, and would look through the whole table.</summary>
    private static Task<bool> DueAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation) =>
        db.Set<InboxMessage>().AnyAsync(m => m.State == InboxState.Pending && (m.LeasedUntil == null || m.LeasedUntil <= now), cancellation);

    private static Task<List<InboxMessage>> TakeAsync(SessionGuardDb db, FormattableString sql, CancellationToken cancellation) =>
        db.Set<InboxMessage>().FromSql(sql).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellation);

    private async Task UpdateAsync(Func<SessionGuardDb, Task<int>> update, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        await db.InTransactionAsync(() => update(db), cancellation);
    }
}
