using Microsoft.EntityFrameworkCore;
using SessionGuard.Ledger;
using SessionGuard.Outgoing;
using SessionGuard.Storage;

namespace SessionGuard.Mail;

/// <summary>The outbox from its other end: takes what is due and writes down how it went.</summary>
internal sealed class OutboxQueue(IServiceScopeFactory scopes, OutgoingGate gate, TimeProvider clock)
{
    /// <summary>How long after its writing a mail is still worth another try; RFC 5321, 4.5.4.1 asks for four to five days from relays.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
    ];

    /// <summary>
    /// Takes one due mail for as long as <paramref name="lease"/>, or null. Schools take turns, and one that has
    /// <paramref name="perSchool"/> on the way already waits: a stuck school holds up nobody else. While the gate is held there is none:
    /// every mail passes here.
    /// </summary>
    public async Task<OutboxMessage?> ClaimAsync(int perSchool, TimeSpan lease, CancellationToken cancellation)
    {
        if (await gate.IsHeldAsync(cancellation))
        {
            return null;
        }

        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var now = clock.Now();
        var claim = db.Database.IsNpgsql() ? ClaimOnPostgres(now, now + lease, perSchool) : ClaimOnSqlite(now, now + lease, perSchool);
        var claimed = await db.InTransactionAsync(
            () => db.Set<OutboxMessage>().FromSql(claim).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellation), cancellation);
        return claimed.SingleOrDefault();
    }

    public Task SentAsync(OutboxMessage message) => ChangeAsync(async db =>
    {
        var now = clock.Now();
        // Whoever holds it by now: it has left. What another pass has written down of it stays.
        var changed = await db.Set<OutboxMessage>().Where(m => m.Id == message.Id && m.State == OutboxState.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Sent)
            .SetProperty(m => m.SentAt, now)
            .SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LastError, (string?)null));
        if (changed > 0)
        {
            Note(db, message, now, "mail.sent");
        }
    });

    /// <returns>Whether it will be tried again.</returns>
    public async Task<bool> RefusedAsync(OutboxMessage message, Refusal refusal)
    {
        var now = clock.Now();
        var due = now + Waits[Math.Clamp(message.Tries - 1, 0, Waits.Length - 1)];
        var again = !refusal.IsFinal && due <= message.CreatedAt + GiveUpAfter;
        await ChangeAsync(async db =>
        {
            var changed = await Held(db, message).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, again ? OutboxState.Waiting : OutboxState.Failed)
                .SetProperty(m => m.DueAt, due)
                .SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(m => m.LastError, refusal.Reason));
            if (changed > 0 && !again)
            {
                Note(db, message, now, "mail.failed");
            }
        });
        return again;
    }

    /// <summary>Gives it back untried, so that another node need not wait for the lease to end.</summary>
    public Task ReleaseAsync(OutboxMessage message) =>
        ChangeAsync(db => Held(db, message).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null)));

    /// <summary>The row while our lease stands: after it, another pass may have sent the mail.</summary>
    private static IQueryable<OutboxMessage> Held(SessionGuardDb db, OutboxMessage message) =>
        db.Set<OutboxMessage>().Where(m => m.Id == message.Id && m.State == OutboxState.Waiting && m.LeasedUntil == message.LeasedUntil);

    private static void Note(SessionGuardDb db, OutboxMessage message, DateTimeOffset now, string action) =>
        db.Record(new LedgerNote(message.OrganisationId, now, LedgerName.Service, action, LedgerName.Mail(message.Id), new { message.Purpose, message.Tries }));

    /// <summary>Not cancelled by a shutdown: what happened to a mail outside must be known here.</summary>
    private async Task ChangeAsync(Func<SessionGuardDb, Task> change)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        await db.InTransactionAsync(
            async () =>
            {
                await change(db);
                return await db.SaveChangesAsync();
            },
            CancellationToken.None);
    }

    private static FormattableString ClaimOnPostgres(DateTimeOffset now, DateTimeOffset until, int perSchool) => $"""
        UPDATE outbox_messages SET leased_until = {until}, tries = tries + 1 WHERE id = (
            SELECT m.id FROM outbox_messages m JOIN (
                SELECT id, row_number() OVER (PARTITION BY organisation_id ORDER BY leased_until IS NULL OR leased_until <= {now}, due_at, id) AS turn
                FROM outbox_messages WHERE state = 'Waiting' AND due_at <= {now}) turns ON turns.id = m.id
            WHERE turns.turn <= {perSchool} AND m.state = 'Waiting' AND m.due_at <= {now} AND (m.leased_until IS NULL OR m.leased_until <= {now})
            ORDER BY turns.turn, m.due_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
        RETURNING *
        """;

    /// <summary>The same for an engine with one writer at a time, where instants are Unix milliseconds.</summary>
    private static FormattableString ClaimOnSqlite(DateTimeOffset now, DateTimeOffset until, int perSchool)
    {
        var (instant, end) = (now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        return $"""
            UPDATE outbox_messages SET leased_until = {end}, tries = tries + 1 WHERE id = (
                SELECT id FROM (
                    SELECT id, due_at, leased_until, row_number() OVER (
                        PARTITION BY organisation_id ORDER BY leased_until IS NULL OR leased_until <= {instant}, due_at, id) AS turn
                    FROM outbox_messages WHERE state = 'Waiting' AND due_at <= {instant})
                WHERE turn <= {perSchool} AND (leased_until IS NULL OR leased_until <= {instant})
                ORDER BY turn, due_at, id LIMIT 1)
            RETURNING *
            """;
    }
}
