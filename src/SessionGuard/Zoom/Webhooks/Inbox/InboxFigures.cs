using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Zoom.Webhooks.Inbox;

/// <summary>Does Zoom still deliver, and is what it delivers applied?</summary>
internal sealed class InboxFigures : IFigureSource
{
    private static readonly Figure Waiting = new("sessionguard.inbox.waiting", "Stored deliveries that are not applied yet.");
    private static readonly Figure OldestAge = new("sessionguard.inbox.oldest_age", "Age of the oldest of them; 0 when none waits.", Figure.Seconds);
    private static readonly Figure SetAside = new("sessionguard.inbox.set_aside", "Deliveries that were kept and not applied.");
    private static readonly Figure LastDeliveryAge = new(
        "sessionguard.zoom.last_delivery_age", "Time since the newest event of a connected school came; since the school was entered when none has.",
        Figure.Seconds, IsForEachSchool: true);

    public IReadOnlyList<Figure> Figures => [Waiting, OldestAge, SetAside, LastDeliveryAge];

    public async Task<IReadOnlyList<FigureValue>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var pending = db.Set<InboxMessage>().IgnoreQueryFilters().Where(m => m.State == InboxState.Pending);
        var waiting = await pending.CountAsync(cancellation);
        var oldest = await pending.OrderBy(m => m.Id).Select(m => (DateTimeOffset?)m.ReceivedAt).FirstOrDefaultAsync(cancellation);
        var setAside = await db.Set<InboxMessage>().IgnoreQueryFilters().CountAsync(m => m.State == InboxState.SetAside, cancellation);
        return
        [
            Waiting.Is(waiting),
            OldestAge.Is(now.SecondsSince(oldest)),
            SetAside.Is(setAside),
            .. await LastDeliveriesAsync(db, now, cancellation),
        ];
    }

    /// <summary>The delivery key begins with the event's own time, so the last one in its index is the newest.</summary>
    private static async Task<IReadOnlyList<FigureValue>> LastDeliveriesAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var schools = await db.Set<Organisation>().Where(o => db.Set<ZoomConnection>().IgnoreQueryFilters().Any(c => c.OrganisationId == o.Id))
            .OrderBy(o => o.Id)
            .Select(o => new
            {
                o.Id,
                o.CreatedAt,
                Last = db.Set<InboxMessage>().IgnoreQueryFilters().Where(m => m.OrganisationId == o.Id)
                    .OrderByDescending(m => m.DeliveryKey).Select(m => (DateTimeOffset?)m.ReceivedAt).FirstOrDefault(),
            })
            .ToListAsync(cancellation);
        return schools.ConvertAll(s => LastDeliveryAge.Is(now.SecondsSince(s.Last ?? s.CreatedAt), "organisation", s.Id.ToString()));
    }
}
