namespace SessionGuard.Zoom.Client;

/// <summary>What of a host's own settings bears on safety. Null: Zoom did not say, which is not the same as off.</summary>
internal sealed record ZoomUserSettings
{
    public bool? PasscodeForNewMeetings { get; init; }

    public bool? PasscodeForScheduledMeetings { get; init; }

    public bool? PasscodeForInstantMeetings { get; init; }

    /// <summary>Zoom's word: <c>jbh_only</c>, <c>all</c> or <c>none</c>.</summary>
    public string? PasscodeForPmi { get; init; }

    /// <summary>Whoever has the link needs no passcode.</summary>
    public bool? PasscodeInLink { get; init; }

    public PasscodeRequirement? PasscodeRequirement { get; init; }

    public bool? JoinBeforeHost { get; init; }

    public bool? PersonalMeeting { get; init; }

    public bool? PmiForScheduledMeetings { get; init; }

    public bool? PmiForInstantMeetings { get; init; }

    public bool? WaitingRoom { get; init; }

    public bool? Chat { get; init; }

    public bool? PrivateChat { get; init; }

    /// <summary>Zoom's number: 1 nobody, 2 hosts, 3 everyone publicly, 4 everyone publicly and privately.</summary>
    public int? ParticipantsChatWith { get; init; }

    public bool? FileTransfer { get; init; }

    public bool? ScreenSharing { get; init; }

    /// <summary>Zoom's word: <c>host</c> or <c>all</c>.</summary>
    public string? WhoCanShareScreen { get; init; }

    public bool? Annotation { get; init; }

    public bool? RemoteControl { get; init; }

    public bool? LiveStreaming { get; init; }

    public bool? LocalRecording { get; init; }

    public bool? CloudRecording { get; init; }

    /// <summary>Zoom's word: <c>none</c>, <c>local</c> or <c>cloud</c>.</summary>
    public string? AutoRecording { get; init; }
}

/// <summary>Zoom's page "Security" of a host. Null: Zoom did not say.</summary>
internal sealed record ZoomUserSecurity
{
    /// <summary>Every meeting has at least one of passcode, waiting room and sign-in; Zoom then overrides who asks for none.</summary>
    public bool? AtLeastOneOption { get; init; }

    public bool? Passcode { get; init; }

    public bool? PmiPasscode { get; init; }

    public bool? PhonePasscode { get; init; }

    public bool? PasscodeInLink { get; init; }

    public PasscodeRequirement? PasscodeRequirement { get; init; }

    public bool? WaitingRoom { get; init; }

    public bool? SignInForWebClient { get; init; }

    public bool? BlockedDomains { get; init; }
}

/// <summary>What the account demands of a passcode.</summary>
/// <param name="ConsecutiveLength">The shortest row, such as 1234 or aaaa, that is refused: 4 to 8; 0 refuses none.</param>
internal sealed record PasscodeRequirement(
    int Length, bool Letter, bool Number, bool SpecialCharacter, bool UpperAndLower, bool OnlyNumeric, int ConsecutiveLength);
