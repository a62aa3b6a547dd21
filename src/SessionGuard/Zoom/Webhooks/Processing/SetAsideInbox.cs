using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Zoom.Webhooks.Processing;

/// <param name="Event">Zoom's name of the event; empty when the body could not be read.</param>
internal sealed record SetAsideDelivery(Guid Id, string Event, DateTimeOffset ReceivedAt, string Reason, int Tries);

/// <summary>The deliveries of the scope's organisation that are kept and not applied.</summary>
internal sealed class SetAsideInbox(SessionGuardDb db, JobWaker waker, TimeProvider clock)
{
    /// <param name="after">The last page's <see cref="Page{T}.Next"/>; null: the first page.</param>
    public Task<Page<SetAsideDelivery>> ListAsync(Guid? after, int size, CancellationToken cancellation) =>
        db.Set<InboxMessage>().Where(m => m.State == InboxState.SetAside).NewestFirstAsync(
            m => new SetAsideDelivery(m.Id, m.Event, m.ReceivedAt, m.Reason ?? "", m.Tries), d => d.Id, after, size, cancellation);

    /// <summary>Has it applied as if it came now. False: no such delivery is set aside here.</summary>
    /// <param name="actor">Who asked for it, as the ledger names people.</param>
    public async Task<bool> ReplayAsync(Guid id, string actor, CancellationToken cancellation)
    {
        var message = await db.Set<InboxMessage>().FirstOrDefaultAsync(m => m.Id == id && m.State == InboxState.SetAside, cancellation);
        if (message is null)
        {
            return false;
        }

        db.Record(new LedgerNote(message.OrganisationId, clock.Now(), actor, DeliveryActions.Replayed, $"delivery:{id}", new { message.Event, message.Reason }));
        message.State = InboxState.Pending;
        message.Reason = null;
        message.Tries = 0;
        message.LeasedUntil = null;
        await db.SaveChangesAsync(cancellation);
        waker.Wake<ProcessInboxJob>();
        return true;
    }
}
