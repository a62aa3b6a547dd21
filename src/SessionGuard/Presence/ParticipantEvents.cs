using Microsoft.EntityFrameworkCore;
using SessionGuard.Storage;
using SessionGuard.Webhooks;
using SessionGuard.Zoom.Events;

namespace SessionGuard.Presence;

/// <summary>Keeps who came and went, once each, as Zoom said it.</summary>
internal sealed class ParticipantEvents : IDeliveryHandler
{
    public IReadOnlySet<string> Events { get; } = new HashSet<string> { ZoomEventNames.ParticipantJoined, ZoomEventNames.ParticipantLeft };

    public async Task ApplyAsync(SessionGuardDb db, IReadOnlyList<Delivery> deliveries, CancellationToken cancellation)
    {
        var heard = deliveries.Select(Read).DistinctBy(KeyOf).ToList();
        var organisationId = heard[0].OrganisationId;
        var instances = heard.Select(e => e.InstanceUuid).Distinct().ToList();
        var from = heard.Min(e => e.At);
        var to = heard.Max(e => e.At);
        var known = await db.Set<ParticipantEvent>()
            .Where(e => e.OrganisationId == organisationId && instances.Contains(e.InstanceUuid) && e.At >= from && e.At <= to)
            .AsNoTracking().ToListAsync(cancellation);
        db.AddRange(heard.ExceptBy(known.Select(KeyOf), KeyOf));
    }

    /// <summary>The same coming or going, however often Zoom tells it.</summary>
    private static (string, string, ParticipantEventKind, DateTimeOffset) KeyOf(ParticipantEvent e) =>
        (e.InstanceUuid, e.ConnectionId, e.Kind, e.At);

    private static ParticipantEvent Read(Delivery delivery)
    {
        var meeting = MeetingFacts.Read(delivery.Payload);
        var participant = ParticipantFacts.Read(delivery.Payload);
        return new ParticipantEvent
        {
            Id = Guid.CreateVersion7(delivery.ReceivedAt),
            OrganisationId = delivery.OrganisationId,
            InstanceUuid = meeting.Uuid ?? throw new FormatException("The event names no instance."),
            Kind = delivery.Event == ZoomEventNames.ParticipantJoined ? ParticipantEventKind.Joined : ParticipantEventKind.Left,
            At = participant.At ?? delivery.At,
            ConnectionId = participant.ConnectionId,
            ParticipantUuid = participant.ParticipantUuid,
            RegistrantId = participant.RegistrantId,
            ZoomUserId = participant.ZoomUserId,
            Name = participant.Name,
        };
    }
}
