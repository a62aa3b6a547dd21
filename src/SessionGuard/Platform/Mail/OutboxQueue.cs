using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Mail;

/// <summary>The outbox from its other end: takes what is due and writes down how it went.</summary>
internal sealed class OutboxQueue(IServiceScopeFactory scopes, RestoreHoldGate gate, TimeProvider clock)
{
    /// <summary>How long after its writing a mail is still worth another try; RFC 5321, 4.5.4.1 asks for four to five days from relays.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
    ];

    /// <summary>
    /// Takes one due mail for as long as <paramref name="lease"/>, or null. Schools take turns: the next one after <paramref name="lastSchool"/>
    /// that has one. A school with <paramref name="perSchool"/> on the way already waits: a stuck school holds up nobody else. While the gate is
    /// held there is none: every mail passes here.
    /// </summary>
    public async Task<OutboxMessage?> ClaimAsync(Guid lastSchool, int perSchool, TimeSpan lease, CancellationToken cancellation)
    {
        if (await gate.IsHeldAsync(cancellation))
        {
            return null;
        }

        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var now = clock.Now();
        foreach (var (after, last) in new[] { (lastSchool, Guid.AllBitsSet), (Guid.Empty, lastSchool) })
        {
            var passed = after;
            while (await NextAsync(db, passed, last, now, cancellation) is { } school)
            {
                if (await ClaimAsync(db, school, perSchool, now, now + lease, cancellation) is { } claimed)
                {
                    return claimed;
                }

                passed = school;
            }
        }

        return null;
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
        // No mail leaves by now, so this one has not been tried.
        var tries = refusal.Kind is RefusalKind.OurSettings ? message.Tries - 1 : message.Tries;
        var due = now + (refusal.Kind is RefusalKind.OurSettings ? SmtpConnections.SignInPause : Waits[Math.Clamp(tries - 1, 0, Waits.Length - 1)]);
        var again = refusal.Kind is not RefusalKind.ForGood && due <= message.CreatedAt + GiveUpAfter;
        await ChangeAsync(async db =>
        {
            var changed = await Held(db, message).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, again ? OutboxState.Waiting : OutboxState.Failed)
                .SetProperty(m => m.DueAt, due)
                .SetProperty(m => m.Tries, tries)
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

    /// <summary>The first school after <paramref name="after"/>, and not beyond <paramref name="last"/>, with a due mail that nobody holds.</summary>
    private static Task<Guid?> NextAsync(SessionGuardDb db, Guid after, Guid last, DateTimeOffset now, CancellationToken cancellation) =>
        db.Set<OutboxMessage>().IgnoreQueryFilters()
            .Where(m => m.State == OutboxState.Waiting && m.OrganisationId.CompareTo(after) > 0 && m.OrganisationId.CompareTo(last) <= 0)
            .Where(m => m.DueAt <= now && (m.LeasedUntil == null || m.LeasedUntil <= now))
            .OrderBy(m => m.OrganisationId)
            .Select(m => (Guid?)m.OrganisationId)
            .FirstOrDefaultAsync(cancellation);

    private static async Task<OutboxMessage?> ClaimAsync(
        SessionGuardDb db, Guid school, int perSchool, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        var claim = db.Database.IsNpgsql() ? ClaimOnPostgres(school, perSchool, now, until) : ClaimOnSqlite(school, perSchool, now, until);
        var claimed = await db.InTransactionAsync(
            () => db.Set<OutboxMessage>().FromSql(claim).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellation), cancellation);
        return claimed.SingleOrDefault();
    }

    /// <summary>Of the school's first due mails, as many as may be on the way, the first that is not: those that are have stood there longest.</summary>
    private static FormattableString ClaimOnPostgres(Guid school, int perSchool, DateTimeOffset now, DateTimeOffset until) => $"""
        UPDATE outbox_messages SET leased_until = {until}, tries = tries + 1 WHERE id = (
            SELECT m.id FROM outbox_messages m JOIN (
                SELECT id FROM outbox_messages
                WHERE organisation_id = {school} AND state = 'Waiting' AND due_at <= {now} ORDER BY due_at, id LIMIT {perSchool}) first ON first.id = m.id
            WHERE m.state = 'Waiting' AND m.due_at <= {now} AND (m.leased_until IS NULL OR m.leased_until <= {now})
            ORDER BY m.due_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
        RETURNING *
        """;

    /// <summary>The same for an engine with one writer at a time, where instants are Unix milliseconds.</summary>
    private static FormattableString ClaimOnSqlite(Guid school, int perSchool, DateTimeOffset now, DateTimeOffset until)
    {
        var (instant, end) = (now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        return $"""
            UPDATE outbox_messages SET leased_until = {end}, tries = tries + 1 WHERE id = (
                SELECT id FROM (
                    SELECT id, due_at, leased_until FROM outbox_messages
                    WHERE organisation_id = {school} AND state = 'Waiting' AND due_at <= {instant} ORDER BY due_at, id LIMIT {perSchool})
                WHERE leased_until IS NULL OR leased_until <= {instant}
                ORDER BY due_at, id LIMIT 1)
            RETURNING *
            """;
    }
}
