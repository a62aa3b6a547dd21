namespace SessionGuard.Rules;

internal enum SessionPhase
{
    Scheduled,
    Live,
    Over,
    Cancelled,
}

/// <summary>Everything the rules are told of one session: ids, kinds and times, and nobody's name.</summary>
internal sealed record SessionEvidence
{
    /// <summary>The instant as of which it is judged.</summary>
    public required DateTimeOffset Now { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required SessionPhase Phase { get; init; }

    /// <summary>Zoom's last answer about the meeting; null when it never gave one.</summary>
    public MeetingSettings? Settings { get; init; }

    public PresenceMode Mode { get; init; } = PresenceMode.InRoom;

    /// <summary>True: nobody is led on to Zoom before an adult has said that they are there.</summary>
    public bool HasGate { get; init; }

    /// <summary>The children who have a place in the class.</summary>
    public IReadOnlyList<ChildEvidence> Children { get; init; } = [];

    /// <summary>Adults' words at the join page.</summary>
    public IReadOnlyList<CheckInEvidence> CheckIns { get; init; } = [];

    /// <summary>Who was in which room when, over all runs.</summary>
    public IReadOnlyList<StayEvidence> Stays { get; init; } = [];

    public IReadOnlyList<RunEvidence> Runs { get; init; } = [];

    /// <summary>When somebody who is not staff was given the host's controls.</summary>
    public IReadOnlyList<DateTimeOffset> HandedOn { get; init; } = [];

    /// <summary>When other classes of the series began of which part is missing; of the last weeks at least, in any order.</summary>
    public IReadOnlyList<DateTimeOffset> EarlierHoles { get; init; } = [];

    /// <summary>How old the youngest child is, of those who are expected; null when none is, or no date of birth is known.</summary>
    public int? YoungestAge => Children.Where(c => c.Promise is not Promise.CannotCome).Min(c => c.Age);

    public bool HasBegun => Phase is SessionPhase.Live or SessionPhase.Over;

    /// <summary>It has begun, or its planned start has come.</summary>
    public bool HasStarted => HasBegun || Now >= Start;
}

internal enum SeatLink
{
    /// <summary>A Zoom link of its own is there.</summary>
    Own,

    /// <summary>Zoom has not given it yet.</summary>
    Awaited,

    /// <summary>The plan has none to give.</summary>
    Shared,
}

/// <summary>What stands of what a child's adults said beforehand.</summary>
internal enum Promise
{
    /// <summary>They could answer and have not.</summary>
    None,

    /// <summary>An adult will be there.</summary>
    AdultWillBeThere,

    /// <summary>The child does not come.</summary>
    CannotCome,

    /// <summary>Nobody could be asked: no adult with an address, or every mail came back.</summary>
    CouldNotAsk,
}

/// <summary>What the teacher last said about a child's adult.</summary>
internal enum Sighting
{
    None,
    AdultIsThere,
    AdultIsNotThere,
}

/// <param name="Age">In whole years on the day of the class; null when no date of birth is known.</param>
internal sealed record ChildEvidence(
    Guid ChildId, SeatLink Link, Promise Promise = Promise.None, Sighting Sighting = Sighting.None, int? Age = null);

/// <param name="OnSeatOfChildId">The child by whose seat the device joined: several may share one screen.</param>
/// <param name="ByTeacher">True when the adult teaches this class: nobody can do both.</param>
internal sealed record CheckInEvidence(Guid ChildId, Guid OnSeatOfChildId, DateTimeOffset At, bool ByTeacher = false);

/// <summary>One stay in one room, from <paramref name="Join"/> up to, not including, <paramref name="Leave"/>.</summary>
/// <param name="Who">The same for every connection of one person, as far as that can be told.</param>
/// <param name="Kind">Null: nobody we know.</param>
/// <param name="ChildId">The child whose seat it is; null for everybody else.</param>
/// <param name="Leave">Null while they are there.</param>
internal sealed record StayEvidence(
    string Who, SeatKind? Kind, Guid? ChildId, Certainty Certainty, Room Room, DateTimeOffset Join, DateTimeOffset? Leave)
{
    public bool JoinIsKnown { get; init; } = true;

    public bool LeaveIsKnown { get; init; } = true;

    /// <summary>False of who waits for the host of a meeting that has not begun: Zoom names no connection there.</summary>
    public bool IsConnected { get; init; } = true;

    /// <summary>In the meeting itself or a breakout room, and not at the door.</summary>
    public bool IsInside => Room.Kind is not RoomKind.Waiting;

    public DateTimeOffset Until(DateTimeOffset now) => Leave ?? (now > Join ? now : Join);
}

/// <summary>One run of the meeting. A null time was never told.</summary>
internal sealed record RunEvidence(DateTimeOffset FirstHeardAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, ReportState Report);
