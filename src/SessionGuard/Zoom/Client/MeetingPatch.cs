namespace SessionGuard.Zoom.Client;

/// <summary>A change to a meeting. Zoom may take only part of it and still say yes: read the meeting back and judge that.</summary>
internal sealed record MeetingPatch : MeetingChoices
{
    public string? Topic { get; init; }

    /// <summary>A past instant is ignored by Zoom.</summary>
    public DateTimeOffset? Start { get; init; }

    public int? DurationMinutes { get; init; }

    public override string ToString() => "change of a meeting";
}
