namespace SessionGuard.Rules;

/// <summary>A setting that a rule may have put right; a repair is kept under its name. One for each of the <see cref="MeetingSettings"/>.</summary>
internal enum RepairableField
{
    Passcode,
    WaitingRoom,
    JoinBeforeHost,
    PersonalMeetingId,
    SignIn,
    Registration,
    AutoRecording,
}
