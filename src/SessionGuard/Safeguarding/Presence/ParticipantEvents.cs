using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Client.Events;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>Keeps who came and went, once each, as Zoom said it.</summary>
internal sealed class ParticipantEvents : IDeliveryHandler
{
    private static readonly Dictionary<string, ParticipantEventKind> Kinds = new()
    {
        [ZoomEventNames.ParticipantJoined] = ParticipantEventKind.Joined,
        [ZoomEventNames.ParticipantLeft] = ParticipantEventKind.Left,
        [ZoomEventNames.JoinedWaitingRoom] = ParticipantEventKind.JoinedWaitingRoom,
        [ZoomEventNames.LeftWaitingRoom] = ParticipantEventKind.LeftWaitingRoom,
        [ZoomEventNames.PutInWaitingRoom] = ParticipantEventKind.PutInWaitingRoom,
        [ZoomEventNames.Admitted] = ParticipantEventKind.Admitted,
        [ZoomEventNames.WaitsForHost] = ParticipantEventKind.WaitsForHost,
        [ZoomEventNames.StoppedWaitingForHost] = ParticipantEventKind.StoppedWaitingForHost,
        [ZoomEventNames.JoinedBreakoutRoom] = ParticipantEventKind.JoinedBreakoutRoom,
        [ZoomEventNames.LeftBreakoutRoom] = ParticipantEventKind.LeftBreakoutRoom,
        [ZoomEventNames.RoleChanged] = ParticipantEventKind.MadeHost,
    };

    public IReadOnlySet<string> Events { get; } = Kinds.Keys.ToHashSet();

    public async Task ApplyAsync(SessionGuardDb db, IReadOnlyList<Delivery> deliveries, CancellationToken cancellation)
    {
        var heard = deliveries.Select(Read).OfType<ParticipantEvent>().DistinctBy(GetKey).ToList();
        if (heard.Count == 0)
        {
            return;
        }

        var organisationId = heard[0].OrganisationId;
        var instances = heard.Select(e => e.InstanceUuid).Distinct().ToList();
        var from = heard.Min(e => e.At);
        var to = heard.Max(e => e.At);
        var known = await db.Set<ParticipantEvent>()
            .Where(e => e.OrganisationId == organisationId && instances.Contains(e.InstanceUuid) && e.At >= from && e.At <= to)
            .AsNoTracking().ToListAsync(cancellation);
        var news = heard.ExceptBy(known.Select(GetKey), GetKey).ToList();
        db.AddRange(news);
        await JudgeSoonAsync(db, organisationId, news, deliveries[^1].At, cancellation);
    }

    /// <summary>Those who join or leave are heard of by the meeting's own file; the rest moves a session that is known already.</summary>
    private static async Task JudgeSoonAsync(
        SessionGuardDb db, Guid organisationId, List<ParticipantEvent> news, DateTimeOffset at, CancellationToken cancellation)
    {
        var moved = news.Where(e => e.Kind is not (ParticipantEventKind.Joined or ParticipantEventKind.Left))
            .Select(e => e.InstanceUuid).Distinct().ToList();
        if (moved.Count == 0)
        {
            return;
        }

        var sessions = await db.Set<Session>()
            .Where(s => db.Set<MeetingInstance>().Any(i => i.OrganisationId == organisationId && i.SessionId == s.Id && moved.Contains(i.Uuid)))
            .ToListAsync(cancellation);
        sessions.ForEach(session => db.JudgeSoon(session, at));
    }

    /// <summary>The same coming or going, however often Zoom tells it.</summary>
    private static (string, string, ParticipantEventKind, DateTimeOffset) GetKey(ParticipantEvent e) =>
        (e.InstanceUuid, e.ConnectionId, e.Kind, e.At);

    /// <summary>Null for a change of role that gives nobody the controls.</summary>
    private static ParticipantEvent? Read(Delivery delivery)
    {
        var meeting = MeetingFacts.Read(delivery.Payload);
        var participant = ParticipantFacts.Read(delivery.Payload);
        var kind = Kinds[delivery.Event];
        if (kind is ParticipantEventKind.MadeHost && participant.NewRole is not ("host" or "co-host"))
        {
            return null;
        }

        return new ParticipantEvent
        {
            Id = Guid.CreateVersion7(delivery.ReceivedAt),
            OrganisationId = delivery.OrganisationId,
            InstanceUuid = meeting.Uuid ?? throw new FormatException("The event names no instance."),
            Kind = kind is ParticipantEventKind.Left && participant.OnlyLeftWaitingRoom ? ParticipantEventKind.LeftWaitingRoom : kind,
            At = participant.At ?? delivery.At,
            ConnectionId = participant.ConnectionId ?? AtTheDoor(kind, participant.Name),
            ParentConnectionId = participant.ParentConnectionId,
            RoomId = participant.BreakoutRoomId,
            ParticipantUuid = participant.ParticipantUuid,
            RegistrantId = participant.RegistrantId,
            ZoomUserId = participant.ZoomUserId,
            Name = participant.Name,
        };
    }

    /// <summary>Who waits for the host is not connected yet. All that Zoom tells is the name.</summary>
    private static string AtTheDoor(ParticipantEventKind kind, string name) =>
        kind is ParticipantEventKind.WaitsForHost or ParticipantEventKind.StoppedWaitingForHost
            ? $"{ParticipantEvent.Unconnected}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8))}"
            : throw new FormatException("The participant has no connection.");
}
