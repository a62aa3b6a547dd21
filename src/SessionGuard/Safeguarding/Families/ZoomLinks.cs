using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Safeguarding.Families;

/// <summary>Where in Zoom somebody is led. The links stand on no page: only a press leads on to one.</summary>
internal sealed class ZoomLinks(SessionGuardDb db, SecretBox box, ZoomClient zoom)
{
    /// <summary>The seat's own link when it has one for this meeting, else the meeting's; null when Zoom is needed for it and silent.</summary>
    public async Task<Uri?> OfSeatAsync(KnownOrganisation school, Seat seat, Guid meetingId, CancellationToken cancellation) =>
        seat is { State: SeatState.Linked, SealedLink: { } link } && seat.MeetingId == meetingId
            ? ZoomsOwn(box.Open(link))
            : await OfMeetingAsync(school, meetingId, cancellation);

    /// <summary>The link that everybody in the meeting shares, as Zoom tells it now; null when it tells none.</summary>
    public async Task<Uri?> OfMeetingAsync(KnownOrganisation school, Guid meetingId, CancellationToken cancellation)
    {
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(m => m.Id == meetingId, cancellation);
        var answer = await zoom.GetMeetingAsync(school, meeting.ZoomMeetingId, cancellation);
        return ZoomsOwn(answer.Value?.JoinUrl?.Reveal());
    }

    /// <summary>Families are sent to Zoom and nowhere else.</summary>
    private static Uri? ZoomsOwn(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var link)
        && link.Scheme == Uri.UriSchemeHttps && (link.Host == "zoom.us" || link.Host.EndsWith(".zoom.us", StringComparison.Ordinal)) ? link : null;
}
