namespace SessionGuard.Rules;

internal enum PasscodeStrength
{
    None,

    /// <summary>Too short, or a row such as 123456 or aaaaaa.</summary>
    Weak,

    Strong,
}

/// <summary>What Zoom answered about a meeting's safety. Never the passcode itself.</summary>
internal sealed record MeetingSettings
{
    public required PasscodeStrength Passcode { get; init; }

    public required bool WaitingRoom { get; init; }

    public required bool JoinBeforeHost { get; init; }

    public required bool UsesPersonalMeetingId { get; init; }

    public required bool RequiresSignIn { get; init; }

    public required bool Registration { get; init; }

    /// <summary>Zoom's word: <c>none</c>, <c>local</c> or <c>cloud</c>.</summary>
    public required string AutoRecording { get; init; }
}
