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
                if (await ClaimAsync(db, school, perSchool, now, lease, cancellation) is { } claimed)
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
            Note(db, message, now, MailActions.Sent);
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
            var changed = await OutboxMessage.ToSend.ReleaseAsync(
                OutboxMessage.ToSend.Held(db, message),
                set => set.SetProperty(m => m.State, again ? OutboxState.Waiting : OutboxState.Failed)
                    .SetProperty(m => m.DueAt, due)
                    .SetProperty(m => m.Tries, tries)
                    .SetProperty(m => m.LastError, refusal.Reason),
                CancellationToken.None);
            if (changed > 0 && !again)
            {
                Note(db, message, now, MailActions.Failed);
            }
        });
        return again;
    }

    /// <summary>Gives it back untried, so that another node need not wait for the lease to end.</summary>
    public Task ReleaseAsync(OutboxMessage message) =>
        ChangeAsync(db => OutboxMessage.ToSend.ReleaseAsync(OutboxMessage.ToSend.Held(db, message), CancellationToken.None));

    private static void Note(SessionGuardDb db, OutboxMessage message, DateTimeOffset now, LedgerAction action) =>
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
        OutboxMessage.ToSend.Claimable(db.Set<OutboxMessage>().IgnoreQueryFilters(), now)
            .Where(m => m.OrganisationId.CompareTo(after) > 0 && m.OrganisationId.CompareTo(last) <= 0)
            .OrderBy(m => m.OrganisationId)
            .Select(m => (Guid?)m.OrganisationId)
            .FirstOrDefaultAsync(cancellation);

    /// <summary>Of the school's first due mails, as many as may be on the way, the first that is not: those that are have stood there longest.</summary>
    private static async Task<OutboxMessage?> ClaimAsync(
        SessionGuardDb db, Guid school, int perSchool, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation)
    {
        var first = db.Set<OutboxMessage>().Where(m => m.OrganisationId == school && m.State == OutboxState.Waiting && m.DueAt <= now)
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(perSchool).Select(m => m.Id);
        var mails = db.Set<OutboxMessage>().Where(m => first.Contains(m.Id)).OrderBy(m => m.DueAt).ThenBy(m => m.Id);
        return (await OutboxMessage.ToSend.ClaimAsync(db, mails, 1, now, lease, cancellation)).SingleOrDefault();
    }
}
