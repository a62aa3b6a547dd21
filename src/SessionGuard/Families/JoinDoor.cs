using Microsoft.EntityFrameworkCore;
using SessionGuard.Organisations;
using SessionGuard.Sessions;
using SessionGuard.Storage;
using SessionGuard.Zoom;

namespace SessionGuard.Families;

internal enum JoinState
{
    /// <summary>No class has this address, or no longer.</summary>
    Unknown,
    TooEarly,
    Open,

    /// <summary>No date lies ahead.</summary>
    Over,

    /// <summary>The next date does not take place.</summary>
    Cancelled,
}

/// <param name="Next">The date it is about; for a cancelled one, that date. Null when the address is unknown or there never was a date.</param>
internal sealed record JoinView(JoinState State, KnownOrganisation? School, Session? Next);

/// <summary>What a family's address leads to at this moment. Whoever has the address may ask; it names nobody.</summary>
internal sealed class JoinDoor(SessionGuardDb db, OrganisationScope scope, OrganisationDirectory directory, ZoomClient zoom, TimeProvider clock)
{
    public async Task<JoinView> LookAsync(string code, CancellationToken cancellation)
    {
        var hash = JoinCodes.HashOf(code);
        var series = await db.Set<ClassSeries>().IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(s => s.JoinCodeHash == hash, cancellation);
        if (series is null || directory.ById(series.OrganisationId) is not { } school)
        {
            return new JoinView(JoinState.Unknown, null, null);
        }

        scope.Narrow(school.Id);
        var now = clock.Now();
        var since = now - SessionPlan.Late;
        var ahead = db.Set<Session>().AsNoTracking().Where(s => s.SeriesId == series.Id && s.End > since && s.Status != SessionStatus.Ended);
        var next = await ahead.OrderBy(s => s.Start).FirstOrDefaultAsync(cancellation)
            ?? await db.Set<Session>().AsNoTracking().Where(s => s.SeriesId == series.Id).OrderByDescending(s => s.Start).FirstOrDefaultAsync(cancellation);
        return new JoinView(StateOf(next, now), school, next);
    }

    /// <summary>Zoom's own link as it is now; null when Zoom did not give one.</summary>
    public async Task<Uri?> ZoomLinkAsync(JoinView view, CancellationToken cancellation)
    {
        var id = view.Next!.MeetingId;
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(m => m.Id == id, cancellation);
        var answer = await zoom.GetMeetingAsync(view.School!, meeting.ZoomMeetingId, cancellation);
        return Uri.TryCreate(answer.Value?.JoinUrl?.Reveal(), UriKind.Absolute, out var link) && IsZooms(link) ? link : null;
    }

    private static JoinState StateOf(Session? session, DateTimeOffset now) => session switch
    {
        null => JoinState.Over,
        { Status: SessionStatus.Cancelled } => JoinState.Cancelled,
        { Status: SessionStatus.Live } => JoinState.Open,
        { Status: SessionStatus.Ended or SessionStatus.Unverified } => JoinState.Over,
        _ when now < session.Start - SessionPlan.Early => JoinState.TooEarly,
        _ when now < session.End => JoinState.Open,
        _ => JoinState.Over,
    };

    /// <summary>Families are sent to Zoom and nowhere else.</summary>
    private static bool IsZooms(Uri link) =>
        link.Scheme == Uri.UriSchemeHttps && (link.Host == "zoom.us" || link.Host.EndsWith(".zoom.us", StringComparison.Ordinal));
}
