using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Seats;

/// <summary>
/// Takes seats that Zoom is to be asked about, and writes down what came of it. Somebody may give a seat up or ask for a new link while
/// Zoom is being asked, and a pass that sleeps past its lease finds another one's work: each outcome is written only under its own claim and
/// where it still fits, and what Zoom gave out is never forgotten.
/// </summary>
internal sealed class SeatOutcomes(SessionGuardDb db, SecretBox box, TimeProvider clock)
{
    /// <summary>Longer than all of Zoom's answers about one seat may take together.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How long until a place without a link of its own is asked for again: a host may have been given a licence meanwhile.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    /// <summary>The try is counted before it is made, so that one that was cut off is known to have been made.</summary>
    /// <returns>Null: another pass has it, or there is nothing to do any more.</returns>
    public Task<Seat?> ClaimAsync(Guid seatId, CancellationToken cancellation) =>
        Seat.ToProvide.ClaimAsync(db, seatId, clock.Now(), Lease, cancellation);

    /// <summary>Zoom gave the seat a link of its own.</summary>
    /// <returns>False when the seat has gone on without it: the registrant is nobody's, and must not stay in Zoom.</returns>
    public Task<bool> LinkedAsync(Seat seat, Meeting meeting, ZoomRegistrant registrant, Uri link) => ChangeAsync(async now =>
    {
        var (sealedLink, sealedPin) = (box.Seal(link.AbsoluteUri), registrant.PhonePin is { } pin ? box.Seal(pin.Reveal()) : null);
        var linked = await ReleaseAsync(Unchanged(seat), set => set
            .SetProperty(s => s.State, SeatState.Linked)
            .SetProperty(s => s.RegistrantId, registrant.Id)
            .SetProperty(s => s.SealedLink, sealedLink)
            .SetProperty(s => s.SealedPhonePin, sealedPin)
            .SetProperty(s => s.PasscodeMark, meeting.PasscodeMark)
            .SetProperty(s => s.MeetingId, meeting.Id)
            .SetProperty(s => s.DueAt, (DateTimeOffset?)null)
            .SetProperty(s => s.Failures, 0));
        if (linked == 1)
        {
            Note(seat, SeatActions.Linked, now, new { Meeting = meeting.Id, seat.Generation });
            return true;
        }

        // Given up or replaced meanwhile: the next pass cancels what Zoom has just given out.
        var remembered = await ReleaseAsync(Held(seat), set => set
            .SetProperty(s => s.RegistrantId, registrant.Id)
            .SetProperty(s => s.MeetingId, meeting.Id)
            .SetProperty(s => s.DueAt, now));
        // Another pass has taken it over. A seat that still wants this link finds it in Zoom by its alias.
        return remembered == 1 || await db.Set<Seat>().AnyAsync(
            s => s.Id == seat.Id && s.Generation == seat.Generation && Seat.Taken.Contains(s.State));
    });

    /// <summary>Zoom gave the seat's link anew, with the passcode as it is now.</summary>
    public Task RefreshedAsync(Seat seat, Meeting meeting, Uri link) => ChangeAsync(async now =>
    {
        var sealedLink = box.Seal(link.AbsoluteUri);
        var refreshed = await ReleaseAsync(Held(seat).Where(s => s.State == SeatState.Linked && s.Generation == seat.Generation), set => set
            .SetProperty(s => s.SealedLink, sealedLink)
            .SetProperty(s => s.PasscodeMark, meeting.PasscodeMark)
            .SetProperty(s => s.DueAt, (DateTimeOffset?)null)
            .SetProperty(s => s.Failures, 0));
        if (refreshed == 1)
        {
            Note(seat, SeatActions.Refreshed, now, new { Meeting = meeting.Id });
        }
        else
        {
            await ReleaseAsync(seat);
        }
    });

    /// <summary>Zoom knows the seat no longer: it is to be made again.</summary>
    public Task LostAsync(Seat seat) => ChangeAsync(async now =>
    {
        var lost = await ReleaseAsync(Held(seat).Where(s => s.State == SeatState.Linked && s.Generation == seat.Generation), set => set
            .SetProperty(s => s.State, SeatState.Wanted)
            .SetProperty(s => s.RegistrantId, (string?)null)
            .SetProperty(s => s.SealedLink, (string?)null)
            .SetProperty(s => s.DueAt, now));
        await RememberAsync(seat, lost, now);
    });

    /// <summary>There is no registration in this plan: they come by the meeting's own link until there is.</summary>
    public Task SharedAsync(Seat seat, Guid meetingId) => ChangeAsync(async now =>
    {
        var shared = await ReleaseAsync(Unchanged(seat), set => set
            .SetProperty(s => s.State, SeatState.Shared)
            .SetProperty(s => s.MeetingId, meetingId)
            .SetProperty(s => s.DueAt, now + AskAgain)
            .SetProperty(s => s.Failures, 0));
        if (shared == 1 && seat.State is not SeatState.Shared)
        {
            Note(seat, SeatActions.Shared, now, new { Meeting = meetingId });
        }
        else if (shared == 0)
        {
            await ReleaseAsync(seat);
        }
    });

    /// <summary>Zoom knows that the place was given up. Its id stays: the classes it was in are still told apart by it.</summary>
    public Task LeftAsync(Seat seat) => ChangeAsync(async now =>
    {
        var left = await ReleaseAsync(Held(seat).Where(s => s.State == SeatState.Leaving), set => set
            .SetProperty(s => s.State, SeatState.Left)
            .SetProperty(s => s.DueAt, (DateTimeOffset?)null)
            .SetProperty(s => s.Failures, 0));
        if (left == 1)
        {
            Note(seat, SeatActions.Left, now, new { Series = seat.SeriesId });
        }
    });

    /// <summary>The link that the seat had before leads nobody on any more.</summary>
    public Task ForgottenAsync(Seat seat) => ChangeAsync(async now =>
    {
        var forgotten = await Held(seat).Where(s => s.RegistrantId == seat.RegistrantId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RegistrantId, (string?)null).SetProperty(s => s.Version, s => s.Version + 1));
        await RememberAsync(seat, forgotten, now);
    });

    /// <summary>No meeting of the class lies ahead: the seat waits until there is one.</summary>
    public Task WaitsAsync(Seat seat) => ChangeAsync(async _ =>
    {
        var waits = await ReleaseAsync(Unchanged(seat), set => set
            .SetProperty(s => s.DueAt, (DateTimeOffset?)null)
            .SetProperty(s => s.Failures, 0));
        if (waits == 0)
        {
            await ReleaseAsync(seat);
        }
    });

    /// <summary>Zoom did not do it. The seat is tried again later, and with it those of its class that have not been tried yet.</summary>
    public Task FailedAsync(Seat seat, ZoomFault fault, bool holdOthers) => ChangeAsync(async now =>
    {
        // It was counted when it was claimed; one stays, since another call of the same try may have reached Zoom.
        var failures = Math.Max(1, fault.FailuresAfter(seat.Failures - 1));
        DateTimeOffset? again = CheckCalendar.AfterFailures(failures, fault.RetryAt, now);
        var held = await ReleaseAsync(Held(seat), set => set
            .SetProperty(s => s.DueAt, again)
            .SetProperty(s => s.Failures, failures));
        if (held == 1 && holdOthers)
        {
            await db.Set<Seat>().Where(s => s.SeriesId == seat.SeriesId && s.DueAt < again && s.LeasedUntil == null).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.DueAt, again)
                .SetProperty(s => s.Version, s => s.Version + 1));
        }
    });

    private IQueryable<Seat> Held(Seat seat) => Seat.ToProvide.Held(db, seat);

    /// <summary>The seat as it was claimed: still without a link of its own, and no newer one asked for.</summary>
    private IQueryable<Seat> Unchanged(Seat seat) => Held(seat).Where(s => s.State == seat.State && s.Generation == seat.Generation);

    /// <summary>Whoever came by the id that the seat has just lost is still known by it.</summary>
    private async Task RememberAsync(Seat seat, int changed, DateTimeOffset now)
    {
        if (changed == 1 && seat.RegistrantId is { } id && !await db.Set<FormerRegistrant>().AnyAsync(f => f.SeatId == seat.Id && f.RegistrantId == id))
        {
            db.Add(new FormerRegistrant
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = seat.OrganisationId,
                SeatId = seat.Id,
                RegistrantId = id,
                EndedAt = now,
            });
        }
    }

    private Task<int> ReleaseAsync(Seat seat) => Seat.ToProvide.ReleaseAsync(Held(seat), CancellationToken.None);

    private static Task<int> ReleaseAsync(IQueryable<Seat> held, Action<UpdateSettersBuilder<Seat>> write) =>
        Seat.ToProvide.ReleaseAsync(held, write, CancellationToken.None);

    private void Note(Seat seat, LedgerAction action, DateTimeOffset now, object data) =>
        db.Record(new LedgerNote(seat.OrganisationId, now, LedgerName.Service, action, LedgerName.Seat(seat.Id), data));

    /// <summary>Not cancelled by a shutdown: what happened in Zoom must be known here.</summary>
    private Task<bool> ChangeAsync(Func<DateTimeOffset, Task> change) => ChangeAsync(async now =>
    {
        await change(now);
        return true;
    });

    private Task<bool> ChangeAsync(Func<DateTimeOffset, Task<bool>> change) => db.InTransactionAsync(
        async () =>
        {
            var result = await change(clock.Now());
            await db.SaveChangesAsync();
            return result;
        },
        CancellationToken.None);
}
