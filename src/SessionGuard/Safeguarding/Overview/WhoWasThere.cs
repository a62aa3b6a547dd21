using SessionGuard.Rules;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Safeguarding.Overview;

/// <summary>Puts who was in a class into the words that staff know them by.</summary>
internal sealed class WhoWasThere(Attendance attendance)
{
    /// <returns>In the order of joining.</returns>
    public async Task<IReadOnlyList<Seen>> GetSeenAsync(SessionView view, CancellationToken cancellation) =>
        (await attendance.GetAttendanceAsync([view.Session.Id], cancellation)).TryGetValue(view.Session.Id, out var held)
            ? [.. held.Stays.Select(stay => GetSeen(stay, view))]
            : [];

    private static Seen GetSeen(IdentifiedStay stay, SessionView view) => new(
        stay.ScreenKey ?? "",
        GetTitle(stay, view),
        stay.Who.SeatId,
        stay.Who.Kind,
        stay.Stay.Room.Kind switch
        {
            RoomKind.Main => Whereabouts.Room,
            RoomKind.Waiting => Whereabouts.WaitingRoom,
            RoomKind.Breakout => Whereabouts.Breakout,
        },
        stay.Stay.Join,
        stay.Stay.Leave,
        stay.Who.SuggestedSeatId);

    /// <summary>A child by first name; somebody unknown by what stands on their screen, which may be anything.</summary>
    private static string GetTitle(IdentifiedStay stay, SessionView view) =>
        view.Children.FirstOrDefault(c => c.Place.Seat.Id == stay.Who.SeatId)?.Name
        ?? (stay.Stay.Name is { Length: > 0 } name ? name : stay.Who.Kind is SeatKind.Staff ? "Teacher" : "no name");
}
