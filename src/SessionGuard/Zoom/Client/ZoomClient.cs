using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client.Wire;

namespace SessionGuard.Zoom.Client;

/// <summary>
/// Zoom's REST API in our words. Every call ends within <see cref="ZoomOptions.TotalTimeout"/> and says in its answer what went wrong;
/// the only exceptions are the caller's own cancellation and a database that fails.
/// </summary>
internal sealed partial class ZoomClient(ZoomReads zoom, ZoomCalls calls)
{
    /// <summary>What the school's app may do, such as <c>meeting:read:meeting:admin</c>.</summary>
    public Task<ZoomAnswer<IReadOnlySet<string>>> GetScopesAsync(KnownOrganisation school, CancellationToken cancellation) =>
        calls.ScopesAsync(school, cancellation);

    public Task<ZoomAnswer<ZoomMeeting>> GetMeetingAsync(KnownOrganisation school, long meetingId, CancellationToken cancellation) =>
        zoom.OneAsync(school, ZoomCall.Get("meetings/{id}", $"meetings/{meetingId}"), ZoomJson.Default.MeetingWire, m => m.ToMeeting(), cancellation);

    /// <summary>Tried once: after <see cref="ZoomFailure.Unavailable"/> the meeting may exist all the same.</summary>
    public Task<ZoomAnswer<ZoomMeeting>> CreateMeetingAsync(
        KnownOrganisation school, string hostId, NewMeeting wish, BudgetUse use, CancellationToken cancellation)
    {
        var call = new ZoomCall(HttpMethod.Post, "users/{id}/meetings", $"users/{ZoomPath.Segment(hostId)}/meetings")
        {
            Claim = new BudgetClaim(hostId, use),
        };
        return zoom.OneAsync(
            school, call.With(MeetingWishWire.From(wish), ZoomJson.Default.MeetingWishWire),
            ZoomJson.Default.MeetingWire, m => m.ToMeeting(), cancellation);
    }

    /// <summary>Done means that Zoom said yes, which is not evidence: read the meeting back.</summary>
    public Task<ZoomAnswer<Done>> PatchMeetingAsync(
        KnownOrganisation school, string hostId, long meetingId, MeetingPatch patch, BudgetUse use, CancellationToken cancellation)
    {
        var call = new ZoomCall(HttpMethod.Patch, "meetings/{id}", $"meetings/{meetingId}") { Claim = new BudgetClaim(hostId, use) };
        return zoom.DoneAsync(school, call.With(MeetingWishWire.From(patch), ZoomJson.Default.MeetingWishWire), cancellation);
    }

    /// <param name="occurrenceId">One date of a series; null deletes the whole meeting.</param>
    public Task<ZoomAnswer<Done>> DeleteMeetingAsync(
        KnownOrganisation school, long meetingId, string? occurrenceId, CancellationToken cancellation)
    {
        var query = occurrenceId is null ? "" : $"?occurrence_id={Uri.EscapeDataString(occurrenceId)}";
        return zoom.DoneAsync(school, new ZoomCall(HttpMethod.Delete, "meetings/{id}", $"meetings/{meetingId}{query}"), cancellation);
    }

    /// <summary>Ends the running instance for everybody in it.</summary>
    public Task<ZoomAnswer<Done>> EndMeetingAsync(KnownOrganisation school, long meetingId, CancellationToken cancellation)
    {
        var call = new ZoomCall(HttpMethod.Put, "meetings/{id}/status", $"meetings/{meetingId}/status");
        return zoom.DoneAsync(school, call.With(new StatusWire("end"), ZoomJson.Default.StatusWire), cancellation);
    }

    /// <summary>The coming meetings of a host, at most six months ahead. Instant meetings are not among them.</summary>
    public Task<ZoomAnswer<IReadOnlyList<ZoomListedMeeting>>> ListUpcomingMeetingsAsync(
        KnownOrganisation school, string userId, CancellationToken cancellation)
    {
        var call = ZoomCall.Get("users/{id}/meetings", $"users/{ZoomPath.Segment(userId)}/meetings?type=upcoming&page_size=300");
        return zoom.AllAsync<MeetingPageWire, MeetingPageWire.ListedWire, ZoomListedMeeting>(
            school, call, ZoomJson.Default.MeetingPageWire, m => m.ToListed(), cancellation);
    }
}
