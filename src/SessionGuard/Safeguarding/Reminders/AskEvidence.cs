using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>What the rules are told of whom we could ask: a mail that came back has asked nobody.</summary>
internal sealed class AskEvidence(SessionGuardDb db)
{
    /// <summary>One query.</summary>
    public async Task<AsksAsEvidence> ReadAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
    {
        var failed = await (
            from ask in db.Set<Ask>().AsNoTracking()
            join mail in db.Set<OutboxMessage>() on ask.MailId equals mail.Id
            where sessionIds.Contains(ask.SessionId) && mail.State == OutboxState.Failed
            select new { ask.SessionId, ask.CarerId }).ToListAsync(cancellation);
        return new AsksAsEvidence(failed.Select(f => (f.SessionId, f.CarerId)).ToHashSet());
    }
}

/// <summary>What was read of a batch of classes.</summary>
/// <param name="Failed">Carers whose mail about a session came back.</param>
internal sealed record AsksAsEvidence(IReadOnlySet<(Guid Session, Guid Carer)> Failed)
{
    /// <summary>An adult of the child's could be asked about the session.</summary>
    public bool CouldAsk(Guid sessionId, Place place) =>
        place.Adults.Any(a => a is { MayBeContacted: true, Carer.HasUsableEmail: true } && !Failed.Contains((sessionId, a.Carer.Id)));
}
