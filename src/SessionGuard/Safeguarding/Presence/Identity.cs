using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>Who somebody in a meeting is, as far as we can tell.</summary>
/// <param name="Kind">Null: nobody we know.</param>
internal sealed record Identity(SeatKind? Kind, Certainty Certainty)
{
    public static readonly Identity Unknown = new(null, Certainty.Unsure);

    /// <summary>Null for staff, and for those let in knowingly without a place of their own.</summary>
    public Guid? SeatId { get; init; }

    /// <summary>The child or adult student whose seat it is; null for everybody else.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>True when it rests on what a teacher decided for the class.</summary>
    public bool IsRemembered { get; init; }

    /// <summary>Of somebody unknown: the one free seat whose name is on their screen. A hint for the teacher, never an answer.</summary>
    public Guid? SuggestedSeatId { get; init; }

    public bool IsKnown => Kind is not null;
}

/// <param name="RegistrantIds">Zoom's id of the seat, and those of links that were replaced; empty where all share one link.</param>
/// <param name="Names">What may stand on the screen of whoever has the seat, normalised; see <see cref="ScreenIdentity.Normalise"/>.</param>
internal sealed record KnownSeat(Guid Id, SeatKind Kind, Guid? PersonId, IReadOnlySet<string> RegistrantIds, bool IsTaken, IReadOnlySet<string> Names);

/// <summary>Everybody who may be expected in one class.</summary>
internal sealed record ClassPeople
{
    public required IReadOnlyList<KnownSeat> Seats { get; init; }

    /// <summary>Zoom's ids of the meeting's host and of other staff.</summary>
    public required IReadOnlySet<string> StaffZoomIds { get; init; }

    /// <summary>What stands of what teachers decided, by screen key.</summary>
    public required IReadOnlyDictionary<string, RememberedMatch> Matches { get; init; }
}
