namespace SessionGuard.Zoom.Client.Wire;

/// <summary>Passcodes stand in the same answer; they are left where they are.</summary>
internal sealed class UserSettingsWire
{
    public required ScheduleWire ScheduleMeeting { get; init; }

    public required InMeetingWire InMeeting { get; init; }

    public RecordingWire? Recording { get; init; }

    public ZoomUserSettings ToSettings() => new()
    {
        PasscodeForNewMeetings = ScheduleMeeting.RequirePasswordForSchedulingNewMeetings,
        PasscodeForScheduledMeetings = ScheduleMeeting.RequirePasswordForScheduledMeetings,
        PasscodeForInstantMeetings = ScheduleMeeting.RequirePasswordForInstantMeetings,
        PasscodeForPmi = ScheduleMeeting.RequirePasswordForPmiMeetings,
        PasscodeInLink = ScheduleMeeting.EmbedPasswordInJoinLink,
        PasscodeRequirement = ScheduleMeeting.MeetingPasswordRequirement?.ToRequirement(),
        JoinBeforeHost = ScheduleMeeting.JoinBeforeHost,
        PersonalMeeting = ScheduleMeeting.PersonalMeeting,
        PmiForScheduledMeetings = ScheduleMeeting.UsePmiForScheduledMeetings,
        PmiForInstantMeetings = ScheduleMeeting.UsePmiForInstantMeetings,
        WaitingRoom = InMeeting.WaitingRoom,
        Chat = InMeeting.Chat,
        PrivateChat = InMeeting.PrivateChat,
        ParticipantsChatWith = InMeeting.AllowParticipantsChatWith,
        FileTransfer = InMeeting.FileTransfer,
        ScreenSharing = InMeeting.ScreenSharing,
        WhoCanShareScreen = InMeeting.WhoCanShareScreen,
        Annotation = InMeeting.Annotation,
        RemoteControl = InMeeting.RemoteControl,
        LiveStreaming = InMeeting.AllowLiveStreaming,
        LocalRecording = Recording?.LocalRecording,
        CloudRecording = Recording?.CloudRecording,
        AutoRecording = Recording?.AutoRecording,
    };

    internal sealed class ScheduleWire
    {
        public bool? RequirePasswordForSchedulingNewMeetings { get; init; }

        public bool? RequirePasswordForScheduledMeetings { get; init; }

        public bool? RequirePasswordForInstantMeetings { get; init; }

        public string? RequirePasswordForPmiMeetings { get; init; }

        public bool? EmbedPasswordInJoinLink { get; init; }

        public RequirementWire? MeetingPasswordRequirement { get; init; }

        public bool? JoinBeforeHost { get; init; }

        public bool? PersonalMeeting { get; init; }

        public bool? UsePmiForScheduledMeetings { get; init; }

        public bool? UsePmiForInstantMeetings { get; init; }
    }

    internal sealed class InMeetingWire
    {
        public bool? WaitingRoom { get; init; }

        public bool? Chat { get; init; }

        public bool? PrivateChat { get; init; }

        public int? AllowParticipantsChatWith { get; init; }

        public bool? FileTransfer { get; init; }

        public bool? ScreenSharing { get; init; }

        public string? WhoCanShareScreen { get; init; }

        public bool? Annotation { get; init; }

        public bool? RemoteControl { get; init; }

        public bool? AllowLiveStreaming { get; init; }
    }

    internal sealed class RecordingWire
    {
        public bool? LocalRecording { get; init; }

        public bool? CloudRecording { get; init; }

        public string? AutoRecording { get; init; }
    }
}

/// <summary>The answer of <c>?option=meeting_security</c>, another shape at the same address.</summary>
internal sealed class UserSecurityWire
{
    public required SecurityWire MeetingSecurity { get; init; }

    public ZoomUserSecurity ToSecurity() => new()
    {
        AtLeastOneOption = MeetingSecurity.AutoSecurity,
        Passcode = MeetingSecurity.MeetingPassword,
        PmiPasscode = MeetingSecurity.PmiPassword,
        PhonePasscode = MeetingSecurity.PhonePassword,
        PasscodeInLink = MeetingSecurity.EmbedPasswordInJoinLink,
        PasscodeRequirement = MeetingSecurity.MeetingPasswordRequirement?.ToRequirement(),
        WaitingRoom = MeetingSecurity.WaitingRoom,
        SignInForWebClient = MeetingSecurity.OnlyAuthenticatedCanJoinFromWebclient,
        BlockedDomains = MeetingSecurity.BlockUserDomain,
    };

    internal sealed class SecurityWire
    {
        public bool? AutoSecurity { get; init; }

        public bool? MeetingPassword { get; init; }

        public bool? PmiPassword { get; init; }

        public bool? PhonePassword { get; init; }

        public bool? EmbedPasswordInJoinLink { get; init; }

        public RequirementWire? MeetingPasswordRequirement { get; init; }

        public bool? WaitingRoom { get; init; }

        public bool? OnlyAuthenticatedCanJoinFromWebclient { get; init; }

        public bool? BlockUserDomain { get; init; }
    }
}

internal sealed class RequirementWire
{
    public int? Length { get; init; }

    public bool? HaveLetter { get; init; }

    public bool? HaveNumber { get; init; }

    public bool? HaveSpecialCharacter { get; init; }

    public bool? HaveUpperAndLowerCharacters { get; init; }

    public bool? OnlyAllowNumeric { get; init; }

    public int? ConsecutiveCharactersLength { get; init; }

    public PasscodeRequirement ToRequirement() => new(
        Length ?? 0, HaveLetter is true, HaveNumber is true, HaveSpecialCharacter is true, HaveUpperAndLowerCharacters is true,
        OnlyAllowNumeric is true, ConsecutiveCharactersLength ?? 0);
}
