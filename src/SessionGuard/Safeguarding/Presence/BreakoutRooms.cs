using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>
/// Zoom makes a second connection for a breakout room and leaves the first one standing. Whoever is in a breakout room is not in the
/// meeting itself for that time.
/// </summary>
internal static class BreakoutRooms
{
    public static IEnumerable<Stay> SetApart(IReadOnlyList<Stay> stays)
    {
        var breakouts = stays.Where(s => s.Room.Kind is RoomKind.Breakout).ToList();
        if (breakouts.Count == 0)
        {
            return stays;
        }

        var ended = breakouts.ConvertAll(b => EndWithMeeting(b, stays));
        return stays.Where(s => s.Room.Kind is not RoomKind.Breakout).SelectMany(s => Without(s, ended)).Concat(ended);
    }

    /// <summary>Whoever has left the meeting has left its breakout rooms too, told or not.</summary>
    private static Stay EndWithMeeting(Stay breakout, IReadOnlyList<Stay> stays)
    {
        var inMeeting = stays.Where(s => s.Room == Room.Main && s.Join <= breakout.Join && IsSamePerson(s, breakout)).MaxBy(s => s.Join);
        return inMeeting?.Leave is { } left && left >= breakout.Join && (breakout.Leave is not { } told || told > left)
            ? breakout with { Leave = left, LeaveIsKnown = inMeeting.LeaveIsKnown }
            : breakout;
    }

    private static IEnumerable<Stay> Without(Stay stay, List<Stay> breakouts)
    {
        var from = stay.Join;
        foreach (var away in breakouts.Where(b => stay.Room == Room.Main && IsSamePerson(stay, b) && Overlap(stay, b)).OrderBy(b => b.Join))
        {
            if (away.Join > from)
            {
                yield return stay with { Join = from, Leave = away.Join, LeaveIsKnown = true };
            }

            if (away.Leave is not { } back)
            {
                yield break;
            }

            from = back > from ? back : from;
        }

        if (from == stay.Join || stay.Leave is not { } end || from < end)
        {
            yield return stay with { Join = from };
        }
    }

    private static bool Overlap(Stay stay, Stay breakout) =>
        (stay.Leave is not { } left || breakout.Join < left) && (breakout.Leave is not { } back || back > stay.Join);

    private static bool IsSamePerson(Stay stay, Stay breakout) =>
        breakout.ParentConnectionId == stay.ConnectionId || (stay.ParticipantUuid is { } uuid && uuid == breakout.ParticipantUuid);
}
