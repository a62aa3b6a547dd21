using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client.Wire;

namespace SessionGuard.Zoom.Client;

/// <summary>What Zoom tells afterwards. It needs a paid plan, and minutes to hours after the end.</summary>
internal sealed partial class ZoomClient
{
    /// <summary>The ended runs of a meeting, up to 15 months back.</summary>
    public async Task<ZoomAnswer<IReadOnlyList<ZoomPastInstance>>> ListPastInstancesAsync(
        KnownOrganisation school, long meetingId, CancellationToken cancellation)
    {
        var call = ZoomCall.Get("past_meetings/{id}/instances", $"past_meetings/{meetingId}/instances");
        var answer = await zoom.OneAsync(school, call, ZoomJson.Default.PastInstancesWire, all => all.Meetings, cancellation);
        return answer.Value is { } instances
            ? ZoomAnswer<IReadOnlyList<ZoomPastInstance>>.FromValue([.. instances.Select(i => new ZoomPastInstance(i.Uuid, i.StartTime))])
            : answer.Fault!;
    }

    /// <summary>Who was in an instance. Someone who was alone in it is usually left out.</summary>
    public Task<ZoomAnswer<IReadOnlyList<ZoomParticipant>>> GetPastParticipantsAsync(
        KnownOrganisation school, string instanceUuid, CancellationToken cancellation) =>
        ParticipantsAsync(
            school,
            ZoomCall.Get("past_meetings/{uuid}/participants", $"past_meetings/{ZoomPath.Instance(instanceUuid)}/participants?page_size=300"),
            cancellation);

    /// <summary>Like <see cref="GetPastParticipantsAsync"/>, with seats and breakout rooms. A heavy call at Zoom: use it sparingly.</summary>
    public Task<ZoomAnswer<IReadOnlyList<ZoomParticipant>>> ReportParticipantsAsync(
        KnownOrganisation school, string instanceUuid, CancellationToken cancellation) =>
        ParticipantsAsync(
            school,
            ZoomCall.Get(
                "report/meetings/{uuid}/participants",
                $"report/meetings/{ZoomPath.Instance(instanceUuid)}/participants?page_size=300&include_fields=registrant_id"),
            cancellation);

    private Task<ZoomAnswer<IReadOnlyList<ZoomParticipant>>> ParticipantsAsync(
        KnownOrganisation school, ZoomCall call, CancellationToken cancellation) =>
        zoom.AllAsync<ParticipantPageWire, ParticipantPageWire.ParticipantWire, ZoomParticipant>(
            school, call, ZoomJson.Default.ParticipantPageWire, p => p.ToParticipant(), cancellation);
}
