using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Seats;

/// <summary>Brings the due seats of one class and Zoom's registrants into line, seat by seat.</summary>
internal sealed partial class ProvideSeats(
    SessionGuardDb db, SeatOutcomes outcomes, SeatsInZoom zoom, OrganisationDirectory schools, TimeProvider clock, ILogger<ProvideSeats> logger)
{
    private KnownOrganisation _school = null!;
    private Meeting? _current;
    private RegistrationAnswer? _registration;
    private ZoomAnswer<IReadOnlyList<ZoomListedRegistrant>>? _registered;

    public async Task RunAsync(Guid seriesId, CancellationToken cancellation)
    {
        var series = await db.Set<ClassSeries>().AsNoTracking().SingleAsync(s => s.Id == seriesId, cancellation);
        _school = schools.ById(series.OrganisationId)!;
        _current = await MeetingsAhead(db).AsNoTracking().Where(m => m.SeriesId == seriesId)
            .OrderBy(m => m.NextStart).ThenByDescending(m => m.Id).FirstOrDefaultAsync(cancellation);
        var due = await Seat.ToProvide.Claimable(db.Set<Seat>().Where(s => s.SeriesId == seriesId), clock.Now())
            .OrderBy(s => s.State == SeatState.Wanted).ThenBy(s => s.DueAt).ThenBy(s => s.Id).Select(s => s.Id).ToListAsync(cancellation);
        foreach (var id in due)
        {
            if (await outcomes.ClaimAsync(id, cancellation) is { } seat && await ProvideAsync(seat, cancellation) is { } fault)
            {
                LogFailed(seat.Id, fault.Failure, seat.Failures);
                var concernsAll = fault.Failure is not (ZoomFailure.Invalid or ZoomFailure.NotFound);
                await outcomes.FailedAsync(seat, fault, concernsAll);
                if (concernsAll)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Meetings that a link would lead into.</summary>
    public static IQueryable<Meeting> MeetingsAhead(SessionGuardDb db) =>
        db.Set<Meeting>().Where(m => m.NextStart != null && (m.GoneAsOf == null || m.ThereAsOf > m.GoneAsOf));

    /// <returns>Null when all is done; otherwise why it is not.</returns>
    private async Task<ZoomFault?> ProvideAsync(Seat seat, CancellationToken cancellation)
    {
        if (seat.LeasedUntil <= clock.Now())
        {
            return null; // slept past its lease: Zoom does not know whose turn it is
        }

        if (seat.State is SeatState.Linked)
        {
            return await RefreshLinkAsync(seat, cancellation);
        }

        if (seat.RegistrantId is not null)
        {
            // Left over from a link that was replaced, or the place was given up: it ends before anything new begins.
            if (await EndLinkAsync(seat, cancellation) is { } fault)
            {
                return fault;
            }
        }

        if (seat.State is SeatState.Leaving)
        {
            await outcomes.LeftAsync(seat);
            return null;
        }

        return seat.State is SeatState.Wanted or SeatState.Shared ? await BeginLinkAsync(seat, cancellation) : null;
    }

    /// <summary>The passcode in it has changed. The registrant stays, so that everything known of the seat stays too.</summary>
    private async Task<ZoomFault?> RefreshLinkAsync(Seat seat, CancellationToken cancellation)
    {
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(m => m.Id == seat.MeetingId, cancellation);
        _registered ??= await zoom.ListAsync(_school, meeting, cancellation);
        if (_registered.Value is not { } known)
        {
            return _registered.Fault;
        }

        if (known.FirstOrDefault(r => r.Registrant.Id == seat.RegistrantId) is { } found && JoinLink.Read(found.Registrant.JoinUrl) is { } link)
        {
            await outcomes.RefreshedAsync(seat, meeting, link);
        }
        else
        {
            await outcomes.LostAsync(seat);
        }

        return null;
    }

    private async Task<ZoomFault?> EndLinkAsync(Seat seat, CancellationToken cancellation)
    {
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == seat.MeetingId, cancellation);
        if (meeting is not null && await zoom.CancelAsync(_school, meeting, seat.RegistrantId!, cancellation) is { } fault)
        {
            return fault;
        }

        if (seat.State is SeatState.Wanted)
        {
            await outcomes.ForgottenAsync(seat);
        }

        return null;
    }

    private async Task<ZoomFault?> BeginLinkAsync(Seat seat, CancellationToken cancellation)
    {
        if (_current is not { } meeting)
        {
            await outcomes.WaitsAsync(seat);
            return null;
        }

        if (seat.State is SeatState.Shared && meeting.NextStart - clock.Now() <= CheckCalendar.Urgent)
        {
            // With registration on, the link that all share leads nobody in: it is not taken away when they are about to come.
            await outcomes.SharedAsync(seat, meeting.Id);
            return null;
        }

        var registration = await RegistrationAsync(meeting, cancellation);
        if (registration.Fault is { } notKnown)
        {
            return notKnown;
        }

        if (registration.Registration is Registration.None)
        {
            await outcomes.SharedAsync(seat, meeting.Id);
            return null;
        }

        var answer = await zoom.RegisterAsync(_school, meeting, seat, mayExist: seat.Failures > 1, cancellation);
        if (answer.Fault is { } fault)
        {
            if (!SeatsInZoom.IsNotInPlan(fault))
            {
                return fault;
            }

            await outcomes.SharedAsync(seat, meeting.Id);
            return null;
        }

        if (JoinLink.Read(answer.Value!.JoinUrl) is not { } link)
        {
            return new ZoomFault(ZoomFailure.Invalid, "Zoom gave no link of its own for the seat.");
        }

        return await outcomes.LinkedAsync(seat, meeting, answer.Value!, link)
            ? null
            : await zoom.CancelAsync(_school, meeting, answer.Value!.Id, cancellation);
    }

    /// <summary>Asked once for all seats of the class.</summary>
    private async Task<RegistrationAnswer> RegistrationAsync(Meeting meeting, CancellationToken cancellation)
    {
        if (_registration is null)
        {
            _registration = await zoom.RegistrationAsync(_school, meeting, cancellation);
            if (_registration.SwitchedOn)
            {
                db.Record(new LedgerNote(_school.Id, clock.Now(), LedgerName.Service, SeatActions.RegistrationOn, LedgerName.Meeting(meeting.Id), new { meeting.ZoomMeetingId }));
                await db.SaveChangesAsync(cancellation);
            }
        }

        return _registration;
    }

    [LoggerMessage(EventId = 601, Level = LogLevel.Warning, Message = "Seat {SeatId} could not be provided in Zoom: {Failure}, {Failures} times in a row.")]
    private partial void LogFailed(Guid seatId, ZoomFailure failure, int failures);
}
