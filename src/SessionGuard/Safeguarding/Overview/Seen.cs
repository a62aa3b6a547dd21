using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Overview;

/// <summary>One stretch of somebody being in a class or its waiting room, as staff are shown it.</summary>
/// <param name="Key">What a teacher's "this is Maya" is remembered by.</param>
/// <param name="Title">A child's first name, a teacher's name, or for somebody unknown what stood on the screen.</param>
/// <param name="SeatId">Whose seat it is; null for staff without one and for somebody unknown.</param>
/// <param name="Kind">Null: nobody knows who it is.</param>
/// <param name="Leave">Null while they are there.</param>
/// <param name="SuggestedSeatId">Whom the name on the screen would fit; a person decides.</param>
internal sealed record Seen(
    string Key, string Title, Guid? SeatId, SeatKind? Kind, Whereabouts Where, DateTimeOffset Join, DateTimeOffset? Leave, Guid? SuggestedSeatId = null)
{
    public static string Words(Whereabouts where) => where switch
    {
        Whereabouts.WaitingRoom => "waiting room",
        Whereabouts.Room => "class",
        Whereabouts.Breakout => "breakout room",
    };

    /// <summary>The drawing of a session; whoever is still there is drawn until <paramref name="now"/>.</summary>
    public static PresenceDrawing Draw(SessionView view, IEnumerable<Seen> seen, DateTimeOffset now) => PresenceDrawing.CreateDrawing(
        view.Session.Start, view.Session.End,
        seen.GroupBy(s => (s.SeatId, s.Kind, s.Title)).Select(who => new PresenceLane(
            who.Key.Title, who.Key.Kind, [.. who.OrderBy(s => s.Join).Select(s => new PresenceBar(s.Join, s.Leave ?? now, s.Where, s.Leave is null))])));
}
