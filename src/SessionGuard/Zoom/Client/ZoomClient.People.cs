using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client.Wire;

namespace SessionGuard.Zoom.Client;

/// <summary>Hosts, and the seats of a meeting.</summary>
internal sealed partial class ZoomClient
{
    /// <summary>The active members of the school's account.</summary>
    public Task<ZoomAnswer<IReadOnlyList<ZoomUser>>> ListUsersAsync(KnownOrganisation school, CancellationToken cancellation) =>
        zoom.AllAsync<UserPageWire, UserWire, ZoomUser>(
            school, ZoomCall.Get("users", "users?status=active&page_size=300"), ZoomJson.Default.UserPageWire,
            u => u.Id is { Length: > 0 } id ? u.ToUser(id) : null, cancellation);

    /// <param name="userId">An id or an e-mail address.</param>
    public Task<ZoomAnswer<ZoomUser>> GetUserAsync(KnownOrganisation school, string userId, CancellationToken cancellation) =>
        zoom.OneAsync(
            school, ZoomCall.Get("users/{id}", $"users/{ZoomPath.Segment(userId)}"), ZoomJson.Default.UserWire,
            u => u.ToUser(u.Id ?? userId), cancellation);

    public Task<ZoomAnswer<ZoomUserSettings>> GetUserSettingsAsync(KnownOrganisation school, string userId, CancellationToken cancellation) =>
        zoom.OneAsync(
            school, ZoomCall.Get("users/{id}/settings", $"users/{ZoomPath.Segment(userId)}/settings"), ZoomJson.Default.UserSettingsWire,
            s => s.ToSettings(), cancellation);

    public Task<ZoomAnswer<ZoomUserSecurity>> GetUserSecurityAsync(KnownOrganisation school, string userId, CancellationToken cancellation) =>
        zoom.OneAsync(
            school, ZoomCall.Get("users/{id}/settings?option=meeting_security", $"users/{ZoomPath.Segment(userId)}/settings?option=meeting_security"),
            ZoomJson.Default.UserSecurityWire, s => s.ToSecurity(), cancellation);

    /// <summary>Tried once: after <see cref="ZoomFailure.Unavailable"/> the seat may exist all the same.</summary>
    public Task<ZoomAnswer<ZoomRegistrant>> AddRegistrantAsync(
        KnownOrganisation school, long meetingId, NewRegistrant seat, CancellationToken cancellation)
    {
        var body = new NewRegistrantWire { Email = seat.Email, FirstName = seat.FirstName, LastName = seat.LastName };
        var call = new ZoomCall(HttpMethod.Post, "meetings/{id}/registrants", $"meetings/{meetingId}/registrants");
        return zoom.OneAsync(
            school, call.With(body, ZoomJson.Default.NewRegistrantWire), ZoomJson.Default.RegistrantWire, r => r.ToRegistrant(), cancellation);
    }

    /// <summary>The seats of a meeting that Zoom lets in.</summary>
    public Task<ZoomAnswer<IReadOnlyList<ZoomListedRegistrant>>> ListRegistrantsAsync(
        KnownOrganisation school, long meetingId, CancellationToken cancellation) =>
        zoom.AllAsync<RegistrantPageWire, RegistrantPageWire.ListedSeatWire, ZoomListedRegistrant>(
            school, ZoomCall.Get("meetings/{id}/registrants", $"meetings/{meetingId}/registrants?status=approved&page_size=300"),
            ZoomJson.Default.RegistrantPageWire, r => r.ToListed(), cancellation);

    public Task<ZoomAnswer<Done>> SetRegistrantStatusAsync(
        KnownOrganisation school, long meetingId, RegistrantAction action, IReadOnlyList<string> registrantIds, CancellationToken cancellation)
    {
        var word = action switch
        {
            RegistrantAction.Approve => "approve",
            RegistrantAction.Cancel => "cancel",
            RegistrantAction.Deny => "deny",
        };
        var body = new RegistrantStatusWire(word, [.. registrantIds.Select(id => new RegistrantStatusWire.IdWire(id))]);
        var call = new ZoomCall(HttpMethod.Put, "meetings/{id}/registrants/status", $"meetings/{meetingId}/registrants/status");
        return zoom.DoneAsync(school, call.With(body, ZoomJson.Default.RegistrantStatusWire), cancellation);
    }
}
