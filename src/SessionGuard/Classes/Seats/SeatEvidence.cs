using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Seats;

/// <summary>What the rules are told of who belongs to classes.</summary>
internal sealed class SeatEvidence(Rosters rosters)
{
    /// <summary>A fixed number of queries.</summary>
    public async Task<SeatsAsEvidence> ReadAsync(IReadOnlyList<Session> sessions, CancellationToken cancellation) =>
        new(await rosters.GetPlacesAsync([.. sessions.Select(s => s.SeriesId).Distinct()], cancellation));
}

/// <summary>What was read of a batch of classes.</summary>
/// <param name="Places">By the id of the series.</param>
internal sealed record SeatsAsEvidence(ILookup<Guid, Place> Places)
{
    /// <summary>The places of one class; one that was given after its end was none in it.</summary>
    public IEnumerable<Place> FindPlaces(Session session) => Places[session.SeriesId].Where(p => p.Seat.CreatedAt < session.End);

    /// <summary>The child of a place, with nothing of what anybody said about it.</summary>
    /// <param name="day">The day of the class, for the child's age.</param>
    public static ChildEvidence DescribeChild(Place place, DateOnly day)
    {
        var link = place.Seat.State switch
        {
            SeatState.Linked => SeatLink.Own,
            SeatState.Shared => SeatLink.Shared,
            SeatState.Wanted or SeatState.Leaving or SeatState.Left => SeatLink.Awaited,
        };
        return new ChildEvidence(place.Child.Id, link, Age: place.Child.AgeOn(day));
    }
}
