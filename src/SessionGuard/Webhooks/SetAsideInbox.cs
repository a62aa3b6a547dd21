using Microsoft.EntityFrameworkCore;
using SessionGuard.Jobs;
using SessionGuard.Ledger;
using SessionGuard.Storage;

namespace SessionGuard.Webhooks;

/// <param name="Event">Zoom's name of the event; empty when the body could not be read.</param>
internal sealed record SetAsideDelivery(Guid Id, string Event, DateTimeOffset ReceivedAt, string Reason, int Tries);

/// <param name="Next">What to ask for to get the page behind this one; null: there is none.</param>
internal sealed record SetAsidePage(IReadOnlyList<SetAsideDelivery> Items, Guid? Next);

/// <summary>The deliveries of the scope's organisation that are kept and not applied.</summary>
internal sealed class SetAsideInbox(SessionGuardDb db, JobWaker waker, TimeProvider clock)
{
    /// <summary>Newest first. <paramref name="after"/> is the last page's <see cref="SetAsidePage.Next"/>.</summary>
    public async Task<SetAsidePage> ListAsync(Guid? after, int size, CancellationToken cancellation)
    {
        var items = await db.Set<InboxMessage>()
            .Where(m => m.State == InboxState.SetAside && (after == null || m.Id.CompareTo(after.Value) < 0))
            .OrderByDescending(m => m.Id)
            .Take(size + 1)
            .Select(m => new SetAsideDelivery(m.Id, m.Event, m.ReceivedAt, m.Reason ?? "", m.Tries))
            .ToListAsync(cancellation);
        return items.Count > size ? new SetAsidePage(items[..size], items[size - 1].Id) : new SetAsidePage(items, null);
    }

    /// <summary>Has it applied as if it came now. False: no such delivery is set aside here.</summary>
    /// <param name="actor">Who asked for it, as the ledger names people.</param>
    public async Task<bool> ReplayAsync(Guid id, string actor, CancellationToken cancellation)
    {
        var message = await db.Set<InboxMessage>().FirstOrDefaultAsync(m => m.Id == id && m.State == InboxState.SetAside, cancellation);
        if (message is null)
        {
            return false;
        }

        db.Record(new LedgerNote(message.OrganisationId, clock.Now(), actor, "delivery.replayed", $"delivery:{id}", new { message.Event, message.Reason }));
        (message.State, message.Reason, message.Tries, message.LeasedUntil) = (InboxState.Pending, null, 0, null);
        await db.SaveChangesAsync(cancellation);
        waker.Wake<ProcessInboxJob>();
        return true;
    }
}
