using Microsoft.EntityFrameworkCore;
using SessionGuard.Mail;
using SessionGuard.Storage;

namespace SessionGuard.Reminders;

/// <summary>That a carer was asked about a session, and what became of the mail.</summary>
/// <param name="Bounced">The mail was refused for good, or three days went by: its reader never saw it, so silence is no answer.</param>
/// <param name="HasLeft">The mail is out of the house; false while it waits, and when it bounced.</param>
internal sealed record AskRecord(Guid CarerId, int TimeVersion, AskStage Stage, DateTimeOffset AskedAt, bool Bounced, bool HasLeft);

/// <summary>What has been asked, for evidence and for pages.</summary>
internal sealed class AskRecords(SessionGuardDb db)
{
    /// <returns>By session, the oldest first; asks that still wait or were not needed are no part of it.</returns>
    public async Task<ILookup<Guid, AskRecord>> OfAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
    {
        var asked = await (
            from ask in db.Set<Ask>().AsNoTracking()
            join mail in db.Set<OutboxMessage>().AsNoTracking() on ask.MailId equals mail.Id
            where sessionIds.Contains(ask.SessionId) && ask.State == AskState.Sent
            orderby ask.SentAt, ask.Id
            select new { ask.SessionId, ask.CarerId, ask.TimeVersion, ask.Stage, ask.SentAt, MailState = mail.State }).ToListAsync(cancellation);
        return asked.ToLookup(
            a => a.SessionId,
            a => new AskRecord(a.CarerId, a.TimeVersion, a.Stage, a.SentAt!.Value, a.MailState is OutboxState.Failed, a.MailState is OutboxState.Sent));
    }
}
