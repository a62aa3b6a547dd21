namespace SessionGuard.Zoom.Client;

/// <summary>A meeting to be made. Zoom may alter what it is told: judge the meeting that comes back, not this.</summary>
internal sealed record NewMeeting : MeetingChoices
{
    public required string Topic { get; init; }

    /// <summary>A past instant becomes "now" at Zoom.</summary>
    public required DateTimeOffset Start { get; init; }

    public required int DurationMinutes { get; init; }

    /// <summary>IANA name; a weekly meeting keeps its hour in this zone when the clocks change.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Null for a single class.</summary>
    public WeeklyRepeat? Repeat { get; init; }

    public override string ToString() => $"new meeting at {Start:u}";
}

/// <param name="Times">How often in all, 1 to 60: Zoom's limit.</param>
internal sealed record WeeklyRepeat(IReadOnlyList<DayOfWeek> Days, int Times);
