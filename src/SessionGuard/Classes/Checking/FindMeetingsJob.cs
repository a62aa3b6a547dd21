using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Checking;

/// <summary>
/// Asks Zoom which meetings lie ahead. Zoom gives up on an event after 85 minutes, so a meeting that was scheduled during a longer outage
/// is found only here.
/// </summary>
internal sealed partial class FindMeetingsJob(
    IServiceScopeFactory scopes, MeetingFiles files, ZoomClient zoom, OrganisationDirectory schools, SchoolsSideBySide sideBySide, TimeProvider clock,
    ILogger<FindMeetingsJob> logger) : ICallsZoom
{
    public Task RunAsync(CancellationToken cancellation) =>
        sideBySide.ForEachAsync(schools.All.Where(s => s.Zoom is not null), s => s.Id, FindAsync, cancellation);

    private async ValueTask FindAsync(KnownOrganisation school, CancellationToken cancellation)
    {
        var users = await zoom.ListUsersAsync(school, cancellation);
        if (users.Fault is { } fault)
        {
            LogNotListed(school.Slug, fault.Failure);
            return;
        }

        foreach (var user in users.Value!)
        {
            await TakeInAsync(school, user, cancellation);
        }
    }

    private async Task TakeInAsync(KnownOrganisation school, ZoomUser user, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var now = clock.Now();
        await new Hosts(db).MeetAsync(school.Id, [new HostFacts(user.Id, user.Email, user.Name)], now, cancellation);
        var listed = await zoom.ListUpcomingMeetingsAsync(school, user.Id, cancellation);
        if (listed.Value is { Count: > 0 } meetings)
        {
            var open = await files.OpenAsync(db, school.Id, [.. meetings.Select(m => m.Id).Distinct()], now, cancellation);
            foreach (var meeting in meetings.Where(m => !open.IsKnown(m.Id)).DistinctBy(m => m.Id))
            {
                // The list tells no settings: the check that is now due fetches them.
                open.GetFile(meeting.Id, now).Schedule(
                    new MeetingSchedule(user.Id, meeting.Topic, meeting.Type, meeting.DurationMinutes, []), ScheduleSource.Mentioned, now);
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(EventId = 502, Level = LogLevel.Warning, Message = "The meetings of {School} could not be listed: {Failure}.")]
    private partial void LogNotListed(string school, ZoomFailure failure);
}
