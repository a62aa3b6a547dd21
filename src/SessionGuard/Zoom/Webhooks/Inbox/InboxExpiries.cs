using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Retention;

namespace SessionGuard.Zoom.Webhooks.Inbox;

internal sealed class DeliveryRetentionOptions
{
    /// <summary>Deliveries as Zoom sent them, those set aside too, from their arrival. 2 days to 100 years; default 30 days.</summary>
    /// <remarks>Not less than 2 days: a repeat is known by the stored one, and Zoom:SignatureTolerance may be a day.</remarks>
    [Range(typeof(TimeSpan), "2.00:00:00", KeepFor.AtMost)]
    public TimeSpan Deliveries { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>What waits to be applied stays.</summary>
internal sealed class InboxExpiries(IOptions<DeliveryRetentionOptions> keep) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } = [new Expiry<InboxMessage>("deliveries", ExpiryStage.Passing, 100, keep.Value.Deliveries, Deliveries)];

    /// <summary>Ids grow with the time of arrival, so that the primary key finds the old ones; no other index is kept for it.</summary>
    private static IQueryable<InboxMessage> Deliveries(RetentionScope shelf)
    {
        var end = Guid.CreateVersion7(shelf.Before.AddMilliseconds(1));
        return shelf.Rows<InboxMessage>().Where(m =>
            m.Id.CompareTo(end) < 0 && m.ReceivedAt < shelf.Before && m.State != InboxState.Pending
            && !shelf.Holds.Any(h => h.DeliveriesFrom <= m.ReceivedAt && m.ReceivedAt <= h.DeliveriesUntil));
    }
}
