namespace SessionGuard.Zoom.Client;

/// <summary>A meeting as Zoom answers it. Prints as its number: the rest names people or opens doors.</summary>
internal sealed record ZoomMeeting
{
    /// <summary>The meeting number; 64 bits by Zoom's contract.</summary>
    public required long Id { get; init; }

    /// <summary>Of the coming or running instance; null where Zoom gave none. Every instance has another.</summary>
    public required string? Uuid { get; init; }

    public required string HostId { get; init; }

    public required string? HostEmail { get; init; }

    public required string Topic { get; init; }

    /// <summary>Zoom's number: 1 instant, 2 scheduled, 3 recurring without a time, 4 personal room, 8 recurring.</summary>
    public required int Type { get; init; }

    /// <summary>UTC. Null when the meeting has no fixed time.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>The scheduled length; null when the meeting has no fixed time.</summary>
    public required int? DurationMinutes { get; init; }

    /// <summary>IANA name that Zoom shows the meeting in.</summary>
    public required string? TimeZone { get; init; }

    /// <summary>Usually holds the passcode too: whoever has it is in.</summary>
    public required Secret? JoinUrl { get; init; }

    public required Secret? Passcode { get; init; }

    /// <summary>The host's personal meeting number, when the meeting uses it. Webhooks then carry it instead of <see cref="Id"/>.</summary>
    public required long? Pmi { get; init; }

    public required IReadOnlyList<ZoomOccurrence> Occurrences { get; init; }

    public required ZoomMeetingSettings Settings { get; init; }

    /// <summary>Zoom's word: <c>waiting</c> or <c>started</c>; there is none for "ended".</summary>
    public required string? Status { get; init; }

    public bool HasPasscode => Passcode is not null;

    public override string ToString() => $"Zoom meeting {Id}";
}

/// <summary>One date of a recurring meeting.</summary>
internal sealed record ZoomOccurrence(string Id, DateTimeOffset? Start, int? Minutes, bool Deleted);

/// <summary>What of a meeting's settings bears on safety. Null: Zoom did not say, which is not the same as off.</summary>
internal sealed record ZoomMeetingSettings
{
    public bool? WaitingRoom { get; init; }

    /// <summary>Without effect while there is a waiting room.</summary>
    public bool? JoinBeforeHost { get; init; }

    /// <summary>How many minutes before the start one may join; 0 is any time.</summary>
    public int? JoinBeforeHostMinutes { get; init; }

    public bool? UsePmi { get; init; }

    /// <summary>Only people signed in to Zoom may join.</summary>
    public bool? MeetingAuthentication { get; init; }

    public ApprovalType? Approval { get; init; }

    /// <summary>Zoom's word: <c>none</c>, <c>local</c> or <c>cloud</c>.</summary>
    public string? AutoRecording { get; init; }

    /// <summary>Addresses or ids of those who may start the meeting in the host's place.</summary>
    public IReadOnlyList<string> AlternativeHosts { get; init; } = [];

    public override string ToString() =>
        $"waiting room {WaitingRoom}, join before host {JoinBeforeHost}, personal number {UsePmi}, sign-in {MeetingAuthentication}, "
        + $"registration {Approval}, recording {AutoRecording}, {AlternativeHosts.Count} alternative hosts";
}

/// <summary>How people register for a meeting, by Zoom's numbers.</summary>
internal enum ApprovalType
{
    Automatic = 0,
    Manual = 1,
    NoRegistration = 2,
}

/// <summary>A meeting as lists show it: without settings and passcode.</summary>
internal sealed record ZoomListedMeeting
{
    public required long Id { get; init; }

    public required string? Uuid { get; init; }

    public required string? HostId { get; init; }

    public required string Topic { get; init; }

    public required int Type { get; init; }

    public required DateTimeOffset? Start { get; init; }

    public required int? DurationMinutes { get; init; }

    public required string? TimeZone { get; init; }

    public override string ToString() => $"Zoom meeting {Id}";
}
