namespace SessionGuard.ZoomSandbox;

/// <summary>What a teacher fills in when scheduling in Zoom's own app or portal.</summary>
public sealed record ScheduleMeeting(string Topic, DateTimeOffset Start, int Minutes = 45)
{
    public MeetingType Type { get; init; } = MeetingType.Scheduled;

    public string? TimeZone { get; init; }

    public string Agenda { get; init; } = "";

    /// <summary>Null follows the host's settings (which ask for one unless changed); "" is no passcode.</summary>
    public string? Passcode { get; init; }

    /// <summary>Null follows the host's settings.</summary>
    public bool? WaitingRoom { get; init; }

    /// <summary>Null follows the host's settings.</summary>
    public bool? JoinBeforeHost { get; init; }

    public bool Authentication { get; init; }

    public bool UsePmi { get; init; }

    /// <summary>Registration with automatic approval.</summary>
    public bool Registration { get; init; }

    public string AlternativeHosts { get; init; } = "";

    /// <summary>Makes the meeting one of <see cref="MeetingType.RecurringFixedTime"/>.</summary>
    public MeetingRecurrence? Recurrence { get; init; }
}
