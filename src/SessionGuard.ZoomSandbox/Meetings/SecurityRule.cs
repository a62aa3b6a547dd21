namespace SessionGuard.ZoomSandbox.Meetings;

/// <summary>Zoom alters what it is asked for instead of refusing: locked settings win, and one of three protections stays on.</summary>
internal static class SecurityRule
{
    public static void Apply(SandboxMeeting meeting, IReadOnlySet<SecurityOption> locked)
    {
        var host = meeting.Host;
        if (locked.Contains(SecurityOption.Passcode))
        {
            meeting.Passcode = !host.Setting("meeting_security", "meeting_password") ? ""
                : meeting.Passcode.Length > 0 ? meeting.Passcode
                : Passcodes.Generate(host.PasscodeRequirement);
        }

        if (locked.Contains(SecurityOption.WaitingRoom))
        {
            meeting.Settings.WaitingRoom = host.Setting("meeting_security", "waiting_room");
        }

        if (locked.Contains(SecurityOption.Authentication))
        {
            meeting.Settings.MeetingAuthentication = host.Setting("meeting_authentication", "meeting_authentication");
        }

        if (host.Setting("meeting_security", "auto_security") && IsUnprotected(meeting))
        {
            ProtectWithWhatIsNotLocked(meeting, locked);
        }
    }

    private static void ProtectWithWhatIsNotLocked(SandboxMeeting meeting, IReadOnlySet<SecurityOption> locked)
    {
        if (!locked.Contains(SecurityOption.WaitingRoom))
        {
            meeting.Settings.WaitingRoom = true;
        }
        else if (!locked.Contains(SecurityOption.Passcode))
        {
            meeting.Passcode = Passcodes.Generate(meeting.Host.PasscodeRequirement);
        }
    }

    private static bool IsUnprotected(SandboxMeeting meeting) =>
        meeting.Passcode.Length == 0 && !meeting.Settings.WaitingRoom && !meeting.Settings.MeetingAuthentication;
}
