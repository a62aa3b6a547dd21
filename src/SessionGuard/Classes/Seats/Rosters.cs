using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.School.People;

namespace SessionGuard.Classes.Seats;

/// <summary>A child's place in a class, with the adults who may answer for them: whom the school asks first comes first.</summary>
internal sealed record Place(Seat Seat, Person Child, IReadOnlyList<Adult> Adults);

/// <param name="MayBeContacted">False: the school has been told not to write or ring.</param>
internal sealed record Adult(Person Carer, bool IsPrimary, bool MayBeContacted);

/// <summary>Who belongs to which class.</summary>
internal sealed class Rosters(SessionGuardDb db)
{
    /// <returns>Places by the id of their series, in the order of first names.</returns>
    public async Task<ILookup<Guid, Place>> GetPlacesAsync(IReadOnlyCollection<Guid> seriesIds, CancellationToken cancellation)
    {
        var seats = await (
            from seat in db.Set<Seat>().AsNoTracking()
            join child in db.Set<Person>().AsNoTracking() on seat.PersonId equals child.Id
            where seriesIds.Contains(seat.SeriesId) && seat.Kind == SeatKind.Child && Seat.Taken.Contains(seat.State)
            select new { Seat = seat, Child = child }).ToListAsync(cancellation);
        var adults = await AdultsOfAsync([.. seats.Select(s => s.Child.Id).Distinct()], cancellation);
        return seats.OrderBy(s => s.Child.FirstName, StringComparer.CurrentCulture).ThenBy(s => s.Seat.Id)
            .ToLookup(s => s.Seat.SeriesId, s => new Place(s.Seat, s.Child, [.. adults[s.Child.Id]]));
    }

    /// <summary>The children of a class, in no order.</summary>
    public Task<List<Person>> ChildrenOfAsync(Guid seriesId, CancellationToken cancellation) => (
        from seat in db.Set<Seat>()
        join child in db.Set<Person>().AsNoTracking() on seat.PersonId equals child.Id
        where seat.SeriesId == seriesId && seat.Kind == SeatKind.Child && Seat.Taken.Contains(seat.State)
        select child).ToListAsync(cancellation);

    /// <summary>The adult students of a class.</summary>
    public Task<List<Guid>> StudentsOfAsync(Guid seriesId, CancellationToken cancellation) => (
        from seat in db.Set<Seat>()
        join student in db.Set<Person>() on seat.PersonId equals student.Id
        where seat.SeriesId == seriesId && seat.Kind == SeatKind.AdultStudent && Seat.Taken.Contains(seat.State) && student.LeftAt == null
        select student.Id).Distinct().ToListAsync(cancellation);

    private async Task<ILookup<Guid, Adult>> AdultsOfAsync(List<Guid> children, CancellationToken cancellation)
    {
        var ties = await (
            from tie in db.Set<Carership>().AsNoTracking()
            join carer in db.Set<Person>().AsNoTracking() on tie.CarerId equals carer.Id
            where children.Contains(tie.ChildId) && !tie.NotAuthorised && carer.LeftAt == null
            select new { Tie = tie, Carer = carer }).ToListAsync(cancellation);
        return ties.OrderByDescending(t => t.Tie.IsPrimary).ThenBy(t => t.Tie.Id)
            .ToLookup(t => t.Tie.ChildId, t => new Adult(t.Carer, t.Tie.IsPrimary, !t.Tie.DoNotContact));
    }
}
