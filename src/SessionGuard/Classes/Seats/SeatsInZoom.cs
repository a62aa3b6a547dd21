using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Seats;

/// <summary>Whether a meeting can give each seat a link of its own.</summary>
internal enum Registration
{
    On,

    /// <summary>The plan or the kind of meeting has none.</summary>
    None,
}

/// <param name="Fault">Why it cannot be said now; null when <paramref name="Registration"/> counts.</param>
/// <param name="SwitchedOn">True when it was off, and Zoom has just been asked to switch it on.</param>
internal sealed record RegistrationAnswer(Registration Registration, ZoomFault? Fault = null, bool SwitchedOn = false);

/// <summary>What is asked of Zoom for seats.</summary>
internal sealed class SeatsInZoom(ZoomClient zoom, SeatAddresses addresses, TimeProvider clock)
{
    private const int PaidOnly = 200;
    private const int Single = 2;
    private const int Recurring = 8;

    /// <summary>Finds out whether the meeting has registration, and switches it on where the host's plan has it.</summary>
    public async Task<RegistrationAnswer> RegistrationAsync(KnownOrganisation school, Meeting meeting, CancellationToken cancellation)
    {
        var answer = await zoom.GetMeetingAsync(school, meeting.ZoomMeetingId, cancellation);
        if (answer.Value is not { } found)
        {
            return new RegistrationAnswer(Registration.None, answer.Fault);
        }

        var settings = ZoomReading.GetSettings(found);
        if (settings.Registration)
        {
            return new RegistrationAnswer(Registration.On);
        }

        // Registration cannot work on a personal number, or without a time.
        return settings.UsesPersonalMeetingId || found.Type is not (Single or Recurring)
            ? new RegistrationAnswer(Registration.None)
            : await SwitchOnAsync(school, meeting, found.HostId, cancellation);
    }

    /// <summary>The meeting's registrants with their links as they are now.</summary>
    public Task<ZoomAnswer<IReadOnlyList<ZoomListedRegistrant>>> ListAsync(KnownOrganisation school, Meeting meeting, CancellationToken cancellation) =>
        zoom.ListRegistrantsAsync(school, meeting.ZoomMeetingId, cancellation);

    /// <param name="mayExist">It was tried before and no answer came: Zoom may have the seat already.</param>
    public async Task<ZoomAnswer<ZoomRegistrant>> RegisterAsync(
        KnownOrganisation school, Meeting meeting, Seat seat, bool mayExist, CancellationToken cancellation)
    {
        var alias = addresses.CreateAddress(seat.Id, seat.Generation);
        if (mayExist)
        {
            var listed = await zoom.ListRegistrantsAsync(school, meeting.ZoomMeetingId, cancellation);
            if (listed.Value?.FirstOrDefault(r => string.Equals(r.Email, alias, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                return known.Registrant;
            }

            // Without the scope to look, a second registrant is the lesser evil: a child without a way in is the greater.
            if (listed.Fault is { Failure: not ZoomFailure.Refused } fault)
            {
                return fault;
            }
        }

        return await zoom.AddRegistrantAsync(school, meeting.ZoomMeetingId, new NewRegistrant(alias, seat.ScreenName), cancellation);
    }

    /// <returns>Null: the registrant lets nobody in any more. Otherwise why that is not known.</returns>
    public async Task<ZoomFault?> CancelAsync(KnownOrganisation school, Meeting meeting, string registrantId, CancellationToken cancellation)
    {
        var answer = await zoom.SetRegistrantStatusAsync(school, meeting.ZoomMeetingId, RegistrantAction.Cancel, [registrantId], cancellation);
        return answer.Fault is { } fault && fault.Failure is not ZoomFailure.NotFound && !IsNotInPlan(fault) ? fault : null;
    }

    /// <summary>Zoom's answer for a host without a licence.</summary>
    public static bool IsNotInPlan(ZoomFault fault) => fault is { Failure: ZoomFailure.Refused, Code: PaidOnly };

    private async Task<RegistrationAnswer> SwitchOnAsync(KnownOrganisation school, Meeting meeting, string hostId, CancellationToken cancellation)
    {
        var users = await zoom.ListUsersAsync(school, cancellation);
        if (users.Value is not { } known)
        {
            return new RegistrationAnswer(Registration.None, users.Fault);
        }

        if (known.FirstOrDefault(u => u.Id == hostId) is not { IsLicensed: true })
        {
            return new RegistrationAnswer(Registration.None);
        }

        var use = meeting.NextStart - clock.GetUtcNow() <= CheckCalendar.Urgent ? BudgetUse.Urgent : BudgetUse.Routine;
        var patch = new MeetingPatch { Approval = ApprovalType.Automatic, RegistrantMails = false };
        var answer = await zoom.PatchMeetingAsync(school, hostId, meeting.ZoomMeetingId, patch, use, cancellation);
        // Not read back here: a meeting that did not take it refuses its first seat.
        return answer.Fault is { } fault
            ? new RegistrationAnswer(Registration.None, IsNotInPlan(fault) ? null : fault)
            : new RegistrationAnswer(Registration.On, SwitchedOn: true);
    }
}
