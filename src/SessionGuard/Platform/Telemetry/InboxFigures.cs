using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Platform.Telemetry;

/// <summary>Does Zoom still deliver, and is what it delivers applied? Each question is answered by an index.</summary>
internal static class InboxFigures
{
    public static async Task<IReadOnlyList<Figure>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var pending = db.Set<InboxMessage>().IgnoreQueryFilters().Where(m => m.State == InboxState.Pending);
        var waiting = await pending.CountAsync(cancellation);
        var oldest = await pending.OrderBy(m => m.Id).Select(m => (DateTimeOffset?)m.ReceivedAt).FirstOrDefaultAsync(cancellation);
        var setAside = await db.Set<InboxMessage>().IgnoreQueryFilters().CountAsync(m => m.State == InboxState.SetAside, cancellation);
        return
        [
            new("sessionguard_inbox_waiting", "Stored deliveries that are not applied yet.", waiting),
            new("sessionguard_inbox_oldest_age_seconds", "Age of the oldest of them; 0 when none waits.", now.SecondsSince(oldest)),
            new("sessionguard_inbox_set_aside", "Deliveries that were kept and not applied.", setAside),
            new(
                "sessionguard_zoom_last_delivery_age_seconds", "Time since the newest event of a connected school came; since the school was entered when none has.",
                await LastDeliveriesAsync(db, now, cancellation)),
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
        return schools.ConvertAll(s => new FigureValue(now.SecondsSince(s.Last ?? s.CreatedAt), "organisation", s.Id.ToString()));
    }
}
