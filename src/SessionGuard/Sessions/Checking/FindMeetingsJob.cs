using SessionGuard.Jobs;
using SessionGuard.Organisations;
using SessionGuard.Storage;
using SessionGuard.Zoom;

namespace SessionGuard.Sessions.Checking;

/// <summary>
/// Asks Zoom which meetings lie ahead. Zoom gives up on an event after 85 minutes, so a meeting that was scheduled during a longer outage
/// is found only here.
/// </summary>
internal sealed partial class FindMeetingsJob(
    SessionGuardDb db, MeetingFiles files, ZoomClient zoom, OrganisationDirectory schools, TimeProvider clock, ILogger<FindMeetingsJob> logger) : ICallsZoom
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var school in schools.All.Where(s => s.Zoom is not null))
        {
            var users = await zoom.ListUsersAsync(school, cancellation);
            if (users.Fault is { } fault)
            {
                LogNotListed(school.Slug, fault.Failure);
                continue;
            }

            foreach (var user in users.Value!)
            {
                await TakeInAsync(school, user, cancellation);
            }
        }
    }

    private async Task TakeInAsync(KnownOrganisation school, ZoomUser user, CancellationToken cancellation)
    {
        var now = clock.Now();
        await new Hosts(db).MeetAsync(school.Id, [new HostFacts(user.Id, user.Email, user.Name)], now, cancellation);
        var listed = await zoom.ListUpcomingMeetingsAsync(school, user.Id, cancellation);
        if (listed.Value is { Count: > 0 } meetings)
        {
            var open = await files.OpenAsync(db, school.Id, [.. meetings.Select(m => m.Id).Distinct()], now, cancellation);
            foreach (var meeting in meetings.Where(m => !open.IsKnown(m.Id)).DistinctBy(m => m.Id))
            {
                // The list tells no settings: the check that is now due fetches them.
                open.Of(meeting.Id, now).Schedule(
                    new MeetingSchedule(user.Id, meeting.Topic, meeting.Type, meeting.DurationMinutes, []), ScheduleSource.Mentioned, now);
            }
        }

        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    [LoggerMessage(EventId = 502, Level = LogLevel.Warning, Message = "The meetings of {School} could not be listed: {Failure}.")]
    private partial void LogNotListed(string school, ZoomFailure failure);
}
