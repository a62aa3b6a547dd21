using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Overview;

/// <summary>Where somebody was for a while.</summary>
internal enum Whereabouts
{
    WaitingRoom,
    Room,
    Breakout,
}

/// <summary>From <paramref name="From"/> up to, not including, <paramref name="To"/>.</summary>
/// <param name="GoesOn">They are there still: <paramref name="To"/> is the moment of looking.</param>
internal sealed record PresenceBar(DateTimeOffset From, DateTimeOffset To, Whereabouts Where, bool GoesOn = false);

/// <summary>One person's line in the drawing.</summary>
/// <param name="Kind">Null: nobody knows who it was.</param>
internal sealed record PresenceLane(string Title, SeatKind? Kind, IReadOnlyList<PresenceBar> Bars);

/// <summary>Who was there when, on a true scale of time.</summary>
internal sealed record PresenceDrawing(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<PresenceLane> Lanes)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Covers the planned time and every bar; the teacher's line is on top, unknown people at the foot.</summary>
    public static PresenceDrawing CreateDrawing(DateTimeOffset start, DateTimeOffset end, IEnumerable<PresenceLane> lanes)
    {
        var all = lanes.OrderBy(l => l.Kind switch
        {
            SeatKind.Staff => 0,
            SeatKind.Child => 1,
            SeatKind.SupportingAdult or SeatKind.AdultStudent => 2,
            null => 3,
        }).ThenBy(l => l.Title, StringComparer.CurrentCulture).ToList();
        var bars = all.SelectMany(l => l.Bars).ToList();
        var from = bars.Select(b => b.From).Append(start).Min() - Margin;
        var to = bars.Select(b => b.To).Append(end).Max() + Margin;
        return new PresenceDrawing(from, to, all);
    }

    /// <summary>How far into the drawing an instant is, in per cent.</summary>
    public double At(DateTimeOffset instant) => Math.Clamp(100 * (instant - From) / (To - From), 0, 100);

    /// <summary>Full quarter hours, so many that their words do not touch.</summary>
    public IEnumerable<DateTimeOffset> Ticks()
    {
        var step = TimeSpan.FromMinutes((To - From).TotalMinutes switch { <= 75 => 15, <= 150 => 30, _ => 60 });
        var first = new DateTimeOffset(From.UtcTicks - (From.UtcTicks % step.Ticks) + step.Ticks, TimeSpan.Zero);
        for (var tick = first; tick < To; tick += step)
        {
            yield return tick;
        }
    }
}
