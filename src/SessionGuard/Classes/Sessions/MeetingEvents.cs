using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Client.Events;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Classes.Sessions;

/// <summary>Turns what Zoom tells about meetings into sessions and their runs.</summary>
internal sealed class MeetingEvents(MeetingFiles files) : IDeliveryHandler
{
    public IReadOnlySet<string> Events { get; } = new HashSet<string>
    {
        ZoomEventNames.Created,
        ZoomEventNames.Updated,
        ZoomEventNames.Deleted,
        ZoomEventNames.PermanentlyDeleted,
        ZoomEventNames.Recovered,
        ZoomEventNames.Started,
        ZoomEventNames.Ended,
        ZoomEventNames.ParticipantJoined,
        ZoomEventNames.ParticipantLeft,
    };

    public async Task ApplyAsync(SessionGuardDb db, IReadOnlyList<Delivery> deliveries, CancellationToken cancellation)
    {
        var heard = deliveries.Select(d => (Delivery: d, Facts: MeetingFacts.Read(d.Payload))).ToList();
        var organisationId = deliveries[0].OrganisationId;
        var earliest = heard.Min(h => h.Facts.Start is { } start && start < h.Delivery.At ? start : h.Delivery.At);
        var open = await files.OpenAsync(db, organisationId, [.. heard.Select(h => h.Facts.MeetingId).Distinct()], earliest, cancellation);
        foreach (var (delivery, facts) in heard)
        {
            Apply(open.GetFile(facts.MeetingId, delivery.At), delivery, facts);
        }

        foreach (var file in open.All)
        {
            file.Settle(deliveries[^1].At);
        }

        var hosts = heard.Where(h => h.Facts.HostId is not null).Select(h => new HostFacts(h.Facts.HostId!, h.Facts.HostEmail));
        await new Hosts(db).MeetAsync(organisationId, hosts, deliveries[^1].At, cancellation);
    }

    private static void Apply(MeetingFile file, Delivery delivery, MeetingFacts facts)
    {
        switch (delivery.Event)
        {
            case ZoomEventNames.Created:
                file.Schedule(GetSchedule(facts, GetDates(facts)), ScheduleSource.Announced, delivery.At);
                file.There(delivery.At);
                file.CheckSoon(delivery.ReceivedAt);
                break;
            case ZoomEventNames.Updated:
                // It carries only what changed, and may be older than what we know: Zoom is asked instead.
                file.CheckSoon(delivery.ReceivedAt);
                break;
            case ZoomEventNames.Recovered:
                file.There(delivery.At);
                file.CheckSoon(delivery.ReceivedAt);
                break;
            case ZoomEventNames.Deleted or ZoomEventNames.PermanentlyDeleted when delivery.Payload.Text("operation") is null or "all":
                file.Gone(delivery.At);
                break;
            case ZoomEventNames.Deleted or ZoomEventNames.PermanentlyDeleted:
                file.CheckSoon(delivery.ReceivedAt);
                break;
            case ZoomEventNames.Started or ZoomEventNames.Ended or ZoomEventNames.ParticipantJoined or ZoomEventNames.ParticipantLeft:
                HearOfRun(file, delivery, facts);
                break;
            default:
                throw new UnreachableException($"{delivery.Event} is among the events of meetings, and nothing is done with it.");
        }
    }

    private static void HearOfRun(MeetingFile file, Delivery delivery, MeetingFacts facts)
    {
        file.Schedule(GetSchedule(facts, []), ScheduleSource.Mentioned, delivery.At);
        if (facts.Uuid is not { } uuid)
        {
            return;
        }

        var began = delivery.Event == ZoomEventNames.Started ? facts.Start ?? delivery.At : (DateTimeOffset?)null;
        var ended = delivery.Event == ZoomEventNames.Ended ? facts.End ?? delivery.At : (DateTimeOffset?)null;
        file.Ran(uuid, HappenedAt(delivery, facts), began, ended);
        if (began is not null)
        {
            file.CheckSoon(delivery.ReceivedAt);
        }
    }

    /// <summary>Every event of a run repeats when the run began; a coming or going also tells its own time.</summary>
    private static DateTimeOffset HappenedAt(Delivery delivery, MeetingFacts facts) =>
        facts.Start is { } start && start < delivery.At ? start : delivery.At;

    private static MeetingSchedule GetSchedule(MeetingFacts facts, IReadOnlyList<ScheduledDate> dates) =>
        new(facts.HostId, facts.Topic, facts.Type, facts.Minutes, dates);

    private static IReadOnlyList<ScheduledDate> GetDates(MeetingFacts facts) => facts switch
    {
        { Occurrences.Count: > 0 } => [.. facts.Occurrences.Select(o => new ScheduledDate(o.Id, o.Start, o.Minutes ?? facts.Minutes ?? 60, o.Deleted))],
        { Type: 2, Start: { } start } => [new ScheduledDate(null, start, facts.Minutes ?? 60, Deleted: false)],
        _ => [],
    };
}
