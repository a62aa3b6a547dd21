namespace SessionGuard.Zoom.Client;

/// <summary>What a create and an update may both ask for. Null is not sent: Zoom then decides, or leaves it as it is.</summary>
internal abstract record MeetingChoices
{
    /// <summary>At most 10 characters of <c>A-Z a-z 0-9 @ - _ *</c>. A change ends the links that Zoom has given out.</summary>
    public Secret? Passcode { get; init; }

    public bool? WaitingRoom { get; init; }

    public bool? JoinBeforeHost { get; init; }

    public bool? UsePmi { get; init; }

    /// <summary>Only people signed in to Zoom may join.</summary>
    public bool? MeetingAuthentication { get; init; }

    public ApprovalType? Approval { get; init; }

    /// <summary>Whether Zoom itself mails registrants. Families hear from us alone.</summary>
    public bool? RegistrantMails { get; init; }

    /// <summary>Zoom's word: <c>none</c>, <c>local</c> or <c>cloud</c>.</summary>
    public string? AutoRecording { get; init; }

    /// <summary>Addresses of licensed users of the same account; an empty list removes all.</summary>
    public IReadOnlyList<string>? AlternativeHosts { get; init; }
}
