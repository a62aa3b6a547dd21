using SessionGuard.Rules;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Checking;

/// <summary>The change to ask of Zoom for settings to become others. What is the same in both, Zoom is not asked about: it leaves it alone.</summary>
internal static class RepairPatch
{
    public static MeetingPatch Between(MeetingSettings found, MeetingSettings wanted) => new()
    {
        Passcode = found.Passcode != wanted.Passcode ? new Secret(Passcodes.Make()) : null,
        WaitingRoom = Change(found.WaitingRoom, wanted.WaitingRoom),
        JoinBeforeHost = Change(found.JoinBeforeHost, wanted.JoinBeforeHost),
        UsePmi = Change(found.UsesPersonalMeetingId, wanted.UsesPersonalMeetingId),
        MeetingAuthentication = Change(found.RequiresSignIn, wanted.RequiresSignIn),
        Approval = found.Registration == wanted.Registration ? null : wanted.Registration ? ApprovalType.Automatic : ApprovalType.NoRegistration,
        AutoRecording = found.AutoRecording == wanted.AutoRecording ? null : wanted.AutoRecording,
    };

    private static bool? Change(bool found, bool wanted) => found == wanted ? null : wanted;
}
