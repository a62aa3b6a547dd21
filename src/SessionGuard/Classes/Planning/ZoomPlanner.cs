using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Planning;

/// <summary>Has a class made in Zoom with every safe setting on.</summary>
internal sealed class ZoomPlanner(SessionGuardDb db, ZoomClient zoom)
{
    /// <summary>The teacher's own Zoom user, who will host; a fault of the input when Zoom has none with their address.</summary>
    public async Task<ZoomAnswer<ZoomUser>?> HostAsync(KnownOrganisation school, Account teacher, ValidationErrors faults, CancellationToken cancellation)
    {
        var users = await zoom.ListUsersAsync(school, cancellation);
        if (users.Fault is { } fault)
        {
            return fault;
        }

        var host = users.Value!.FirstOrDefault(u => u.Email is { } email && StaffAccounts.Normalize(email) == teacher.NormalizedEmail);
        if (host is not null)
        {
            return host;
        }

        faults.Add("teacher", "Zoom has no user with this teacher’s mail address. Invite them to the school’s Zoom account first.");
        return null;
    }

    public async Task<ZoomAnswer<ZoomMeeting>> MakeAsync(
        KnownOrganisation school, ZoomUser host, SeriesWish wish, MeetingPlan plan, CancellationToken cancellation)
    {
        var answer = await zoom.CreateMeetingAsync(school, host.Id, Wish(school, host, wish, plan), BudgetUse.Routine, cancellation);
        return answer.Failure is ZoomFailure.Unavailable && await FindLostAsync(school, host, wish, plan, cancellation) is { } found ? found : answer;
    }

    public Task UnmakeAsync(KnownOrganisation school, ZoomMeeting meeting) =>
        zoom.DeleteMeetingAsync(school, meeting.Id, occurrenceId: null, CancellationToken.None);

    private static NewMeeting Wish(KnownOrganisation school, ZoomUser host, SeriesWish wish, MeetingPlan plan) => new()
    {
        Topic = wish.Name,
        Start = plan.Starts[0],
        DurationMinutes = plan.Minutes,
        TimeZone = school.TimeZone.Id,
        Repeat = plan.Starts.Count > 1 ? new WeeklyRepeat([plan.Day], plan.Starts.Count) : null,
        Passcode = new Secret(Passcodes.Make()),
        WaitingRoom = true,
        JoinBeforeHost = false,
        UsePmi = false,
        AutoRecording = "none",
        Approval = host.IsLicensed ? ApprovalType.Automatic : null,
        RegistrantMails = host.IsLicensed ? false : null,
    };

    /// <summary>No usable answer came: Zoom may have made the meeting all the same. A second one would stand beside it for ever.</summary>
    private async Task<ZoomMeeting?> FindLostAsync(
        KnownOrganisation school, ZoomUser host, SeriesWish wish, MeetingPlan plan, CancellationToken cancellation)
    {
        var listed = await zoom.ListUpcomingMeetingsAsync(school, host.Id, cancellation);
        var alike = (listed.Value ?? []).Where(m => m.Topic == wish.Name && m.Start == plan.Starts[0]).Select(m => m.Id).Distinct().ToList();
        var named = await db.Set<Meeting>()
            .Where(m => m.OrganisationId == school.Id && alike.Contains(m.ZoomMeetingId)
                && db.Set<ClassSeries>().Any(s => s.Id == m.SeriesId && s.Name != null))
            .Select(m => m.ZoomMeetingId).ToListAsync(cancellation);
        return alike.Except(named).ToList() is [var lost]
            ? (await zoom.GetMeetingAsync(school, lost, cancellation)).Value
            : null;
    }
}
