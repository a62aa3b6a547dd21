using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Safeguarding.Presence;

/// <param name="Found">Runs that Zoom knew of all along.</param>
/// <param name="RetryAt">When to ask again, where Zoom could not be asked; null: it said what it knows.</param>
internal sealed record LostRunsAnswer(IReadOnlyList<ZoomPastInstance> Found, DateTimeOffset? RetryAt);

/// <summary>
/// Asks Zoom whether a class that nothing was told of took place: an outage of more than 85 minutes loses every event of it, and what Zoom
/// keeps of the past is then the only word on it.
/// </summary>
internal sealed class LostRuns(ZoomClient zoom, OrganisationDirectory schools, TimeProvider clock)
{
    /// <summary>No run is there to count the failures, so the pause is always the same.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    public async Task<LostRunsAnswer> AskAsync(SessionGuardDb db, Guid sessionId, CancellationToken cancellation)
    {
        var lost = await (
            from session in db.Set<Session>()
            join meeting in db.Set<Meeting>() on session.MeetingId equals meeting.Id
            where session.Id == sessionId
            select new { session.OrganisationId, meeting.ZoomMeetingId, session.Start, session.End }).SingleOrDefaultAsync(cancellation);
        if (lost is null || schools.ById(lost.OrganisationId) is not { } school)
        {
            return new LostRunsAnswer([], null);
        }

        var answer = await zoom.ListPastInstancesAsync(school, lost.ZoomMeetingId, cancellation);
        return answer switch
        {
            { Value: { } all } => new LostRunsAnswer([.. all.Where(i => i.Start >= lost.Start - SessionPlan.Early && i.Start < lost.End + SessionPlan.Late)], null),
            { Fault: { IsPassing: true } fault } => new LostRunsAnswer([], ZoomFault.Later(fault.RetryAt, clock.Now() + Pause)),
            _ => new LostRunsAnswer([], null),
        };
    }
}
