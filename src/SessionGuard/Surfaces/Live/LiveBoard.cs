using SessionGuard.Rules;
using SessionGuard.Safeguarding.Overview;

namespace SessionGuard.Surfaces.Live;

internal enum LivePlace
{
    Expected,
    Waiting,
    InClass,
    Left,
    NotComing,
}

/// <summary>A child on the board of a running class.</summary>
/// <param name="Since">When they came to where they are; null for those who have not come.</param>
internal sealed record LiveChild(ChildRow Row, LivePlace Place, DateTimeOffset? Since);

/// <summary>A running class at one instant: who is expected, waiting, in it, and whose adult is there.</summary>
/// <param name="Staff">Teachers who are in it now.</param>
/// <param name="Strangers">People in it or waiting whom nobody has named yet, the last come first.</param>
internal sealed record LiveBoard(IReadOnlyList<LiveChild> Children, IReadOnlyList<Seen> Staff, IReadOnlyList<Seen> Strangers)
{
    public int In => Children.Count(c => c.Place is LivePlace.InClass);

    public int Waiting => Children.Count(c => c.Place is LivePlace.Waiting) + Strangers.Count(s => s.Where is Whereabouts.WaitingRoom);

    public int Expected => Children.Count(c => c.Place is not LivePlace.NotComing);

    public int AdultsHere => Children.Count(c => c.Place is LivePlace.InClass && c.Row.HasAdultThere);

    public bool HasStaff => Staff.Count > 0;

    public static LiveBoard CreateBoard(SessionView view, IReadOnlyCollection<Seen> seen)
    {
        var bySeat = seen.Where(s => s.SeatId is not null).ToLookup(s => s.SeatId!.Value);
        var children = view.Children.Select(row => GetChild(row, GetSeat(row, view), bySeat)).OrderBy(c => c.Place switch
        {
            LivePlace.Waiting => 0,
            LivePlace.InClass => 1,
            LivePlace.Left => 2,
            LivePlace.Expected => 3,
            LivePlace.NotComing => 4,
        }).ToList();
        return new LiveBoard(
            children,
            [.. seen.Where(s => s is { Kind: SeatKind.Staff, Leave: null }).DistinctBy(s => s.Title)],
            [.. seen.Where(s => s is { Kind: null, Leave: null }).OrderByDescending(s => s.Join).DistinctBy(s => s.Key)]);
    }

    /// <summary>Siblings on one screen come by the seat of the one they ticked first.</summary>
    private static Guid GetSeat(ChildRow row, SessionView view) =>
        row.CheckIn is { } here && view.Children.FirstOrDefault(c => c.Place.Child.Id == here.OnSeatOfChildId) is { } other ? other.Place.Seat.Id : row.Place.Seat.Id;

    private static LiveChild GetChild(ChildRow row, Guid screenSeat, ILookup<Guid, Seen> bySeat)
    {
        var stretches = bySeat[row.Place.Seat.Id].Concat(screenSeat == row.Place.Seat.Id ? [] : bySeat[screenSeat]).ToList();
        var now = stretches.Where(s => s.Leave is null).OrderBy(s => s.Where is Whereabouts.WaitingRoom).ThenByDescending(s => s.Join).FirstOrDefault();
        return (now, stretches.Count) switch
        {
            ({ Where: Whereabouts.WaitingRoom }, _) => new LiveChild(row, LivePlace.Waiting, now.Join),
            ({ } here, _) => new LiveChild(row, LivePlace.InClass, here.Join),
            (null, > 0) => new LiveChild(row, LivePlace.Left, stretches.Max(s => s.Leave)),
            _ => new LiveChild(row, row.IsExpected ? LivePlace.Expected : LivePlace.NotComing, null),
        };
    }
}
