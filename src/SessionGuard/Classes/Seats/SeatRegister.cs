using System.Text;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Classes.Seats;

/// <summary>
/// Gives places in classes and takes them back. Each call saves, has the coming sessions looked at anew, and leaves what Zoom must be told
/// to <see cref="ProvideSeatsJob"/>.
/// </summary>
internal sealed class SeatRegister(SessionGuardDb db, PeopleRegister people, JobWaker waker, TimeProvider clock)
{
    /// <param name="seriesId">A class of the actor's school.</param>
    /// <returns>Null: the faults say what is wrong.</returns>
    public async Task<Seat?> GiveAsync(Actor actor, Guid seriesId, SeatDetails details, ValidationErrors faults, CancellationToken cancellation)
    {
        details.Check(faults);
        if (!faults.None)
        {
            return null;
        }

        var seat = await db.InTransactionAsync(() => EnterAsync(actor, seriesId, details, faults, cancellation), cancellation);
        waker.Wake<ProvideSeatsJob>();
        return seat;
    }

    /// <summary>False: nobody has this place in the school, or no longer.</summary>
    public Task<bool> TakeBackAsync(Actor actor, Guid seatId, CancellationToken cancellation) => TurnAsync(
        actor, seatId, SeatActions.Leaving,
        (seats, now) => seats.ExecuteUpdateAsync(set => set.WithoutLink(SeatState.Leaving, now), cancellation),
        cancellation);

    /// <summary>Replaces the link, since the old one was passed on. From here on the old one leads nobody on.</summary>
    /// <returns>False: nobody has this place in the school, or no longer.</returns>
    public Task<bool> RotateAsync(Actor actor, Guid seatId, CancellationToken cancellation) => TurnAsync(
        actor, seatId, SeatActions.Rotated,
        (seats, now) => seats.ExecuteUpdateAsync(
            set => set.WithoutLink(SeatState.Wanted, now).SetProperty(s => s.Generation, s => s.Generation + 1), cancellation),
        cancellation);

    private async Task<Seat?> EnterAsync(Actor actor, Guid seriesId, SeatDetails details, ValidationErrors faults, CancellationToken cancellation)
    {
        var (school, kind, now) = (actor.OrganisationId, details.Kind!.Value, clock.Now());
        // Two who want the same place at once meet at the class's row, and the second sees the first.
        await db.Set<ClassSeries>().Where(s => s.Id == seriesId && s.OrganisationId == school)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Gate, s => s.Gate), cancellation);
        var person = details.PersonId is { } id && SeatDetails.GetPersonKind(kind) is { } personKind
            ? await people.FindAsync(school, id, personKind, cancellation)
            : null;
        if (details.PersonId is not null && person is null)
        {
            faults.Add("personId", "There is no such person, or not of the kind that this place is for.");
        }
        else if (person is not null && await HasPlaceAsync(seriesId, person.Id, cancellation))
        {
            faults.Add("personId", "They have a place in this class already.");
        }

        if (details.ForChildId is { } child && !await IsTaughtAsync(school, seriesId, child, cancellation))
        {
            faults.Add("forChild", "No such child has a place in this class.");
        }

        return faults.None ? await KeepAsync(actor, seriesId, details, person, now, cancellation) : null;
    }

    private async Task<Seat> KeepAsync(Actor actor, Guid seriesId, SeatDetails details, Person? person, DateTimeOffset now, CancellationToken cancellation)
    {
        var seat = new Seat
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = actor.OrganisationId,
            SeriesId = seriesId,
            Kind = details.Kind!.Value,
            PersonId = person?.Id,
            ForChildId = details.ForChildId,
            ScreenName = string.IsNullOrWhiteSpace(details.ScreenName) ? Shorten(person!.OnScreen) : details.ScreenName.Trim(),
            State = SeatState.Wanted,
            DueAt = now,
            CreatedAt = now,
        };
        db.Add(seat);
        db.Record(new LedgerNote(actor.OrganisationId, now, actor.Name, SeatActions.Added, LedgerName.Seat(seat.Id), new
        {
            Series = seriesId,
            Person = seat.PersonId,
            Kind = seat.Kind.ToString(),
            ForChild = seat.ForChildId,
        }));
        await db.ReconsiderAsync([seriesId], now, cancellation);
        await db.SaveChangesAsync(cancellation);
        return seat;
    }

    /// <summary>A first name may be longer than what Zoom takes.</summary>
    private static string Shorten(string name)
    {
        var shown = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().TakeWhile(rune => shown.Length + rune.Utf16SequenceLength <= PersonDetails.LongestScreenName))
        {
            shown.Append(rune);
        }

        return shown.ToString();
    }

    private Task<bool> HasPlaceAsync(Guid seriesId, Guid personId, CancellationToken cancellation) =>
        Taken(seriesId).AnyAsync(s => s.PersonId == personId, cancellation);

    private Task<bool> IsTaughtAsync(Guid organisationId, Guid seriesId, Guid childId, CancellationToken cancellation) =>
        Taken(seriesId).AnyAsync(s => s.OrganisationId == organisationId && s.Kind == SeatKind.Child && s.PersonId == childId, cancellation);

    private IQueryable<Seat> Taken(Guid seriesId) => db.Set<Seat>().Where(s =>
        s.SeriesId == seriesId && (s.State == SeatState.Wanted || s.State == SeatState.Linked || s.State == SeatState.Shared));

    /// <summary>One statement that the database decides by: a pass that is talking to Zoom about the seat finds out when it writes.</summary>
    private async Task<bool> TurnAsync(
        Actor actor, Guid seatId, LedgerAction action, Func<IQueryable<Seat>, DateTimeOffset, Task<int>> turn, CancellationToken cancellation)
    {
        var now = clock.Now();
        var turned = await db.InTransactionAsync(
            async () =>
            {
                var seats = db.Set<Seat>().Where(s => s.Id == seatId && s.OrganisationId == actor.OrganisationId
                    && (s.State == SeatState.Wanted || s.State == SeatState.Linked || s.State == SeatState.Shared));
                if (await turn(seats, now) == 0)
                {
                    return false;
                }

                var seat = await db.Set<Seat>().AsNoTracking().SingleAsync(s => s.Id == seatId, cancellation);
                db.Record(new LedgerNote(actor.OrganisationId, now, actor.Name, action, LedgerName.Seat(seatId), new { Series = seat.SeriesId, seat.Generation }));
                await db.ReconsiderAsync([seat.SeriesId], now, cancellation);
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            cancellation);
        waker.Wake<ProvideSeatsJob>();
        return turned;
    }
}
