using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox.Spec;

/// <summary>A story in which everything happens that the sandbox can tell of.</summary>
internal static class FullStory
{
    public static void Play(SandboxServer zoom, ManualClock clock, SandboxHost host)
    {
        var assistant = zoom.AddHost("assistant@academy.example", "Mr", "Birch");
        var tap = PlanAndChange(zoom, host);
        Wait(zoom, clock, tap);
        Teach(zoom, clock, tap, host, assistant);
        JoinBeforeHost(zoom, host);
        PlanSeries(zoom, host);
        zoom.ChangeUserSettings(host.Email, "in_meeting", "private_chat", false);
        zoom.SetLock(SecurityOption.Passcode, locked: true);
        zoom.SetLock(SecurityOption.Passcode, locked: false);
        zoom.Delete(tap.Id);
        zoom.Recover(tap.Id);
        zoom.Delete(tap.Id);
        zoom.DeleteForGood(tap.Id);
    }

    private static SandboxMeeting PlanAndChange(SandboxServer zoom, SandboxHost host)
    {
        var tap = zoom.Schedule(host.Email, SandboxTest.TapClass with { Registration = true, WaitingRoom = true });
        zoom.Schedule(host.Email, SandboxTest.TapClass with { Passcode = "", WaitingRoom = true });
        zoom.Change(tap.Id, m =>
        {
            (m.Topic, m.Passcode) = ("Grade 3 Tap", "");
            (m.Settings.JoinBeforeHost, m.Settings.JbhTime, m.Settings.AutoRecording) = (true, 5, "cloud");
        });
        zoom.RaiseRiskAlert(tap.Id);
        zoom.Register(tap.Id, "Poppy", "R", "parent.one@family.example");
        zoom.Change(tap.Id, m => m.Settings.ApprovalType = 1);
        foreach (var action in (string[])["approve", "deny", "cancel"])
        {
            zoom.DecideRegistration(zoom.Register(tap.Id, "Parent of Poppy", "R", $"{action}@family.example"), action);
        }

        return tap;
    }

    private static void Wait(SandboxServer zoom, ManualClock clock, SandboxMeeting tap)
    {
        var early = zoom.Join(tap.Id, JoinMeeting.Guest("Poppy R"));
        clock.Advance(TimeSpan.FromSeconds(30));
        zoom.Leave(early);
    }

    private static void Teach(SandboxServer zoom, ManualClock clock, SandboxMeeting tap, SandboxHost host, SandboxHost assistant)
    {
        var instance = zoom.Start(tap.Id);
        var teacher = zoom.Join(tap.Id, JoinMeeting.User(host));
        var helper = zoom.Join(tap.Id, JoinMeeting.User(assistant) with { ViaWaitingRoom = false });
        var child = zoom.Join(tap.Id, JoinMeeting.Registrant(tap.Registrants[0], "Zoë 🩰 & Mum"));
        zoom.Admit(child);
        var phone = zoom.Join(tap.Id, JoinMeeting.Guest("44********21") with { PhoneNumber = "447700900021", ViaWaitingRoom = false });
        zoom.ChangeRole(helper, ParticipantRole.CoHost);
        zoom.StartSharing(child);
        zoom.StopSharing(child);
        zoom.Chat(child, "Can we do it again please?");
        zoom.Chat(child, "hi", teacher);
        zoom.EnterBreakoutRoom(child, "XOa2trvpUBvm+ymRKbceaA==");
        clock.Advance(TimeSpan.FromMinutes(5));
        zoom.LeaveBreakoutRoom(child);
        zoom.StartRecording(tap.Id);
        zoom.PauseRecording(tap.Id);
        zoom.ResumeRecording(tap.Id);
        zoom.StartLiveStream(tap.Id);
        zoom.StopLiveStream(tap.Id);
        zoom.PutInWaitingRoom(child);
        zoom.Admit(child);
        zoom.Leave(phone, LeaveReasons.Disconnected(phone.Name));
        clock.Advance(TimeSpan.FromMinutes(40));
        zoom.StopRecording(tap.Id);
        zoom.End(tap.Id);
        zoom.CompleteRecording(instance);
    }

    private static void JoinBeforeHost(SandboxServer zoom, SandboxHost host)
    {
        var open = zoom.Schedule(host.Email, SandboxTest.TapClass with { JoinBeforeHost = true });
        zoom.Join(open.Id, JoinMeeting.Guest("Poppy R"));
        zoom.End(open.Id);
    }

    private static void PlanSeries(SandboxServer zoom, SandboxHost host)
    {
        var ballet = zoom.Schedule(host.Email, SandboxTest.TapClass with
        {
            Topic = "Primary Ballet – autumn term",
            Recurrence = MeetingRecurrence.Weekly(4) with { WeeklyDays = "3" },
            AlternativeHosts = "assistant@academy.example",
        });
        zoom.ChangeOccurrence(ballet.Id, ballet.Occurrences[1].OccurrenceId, o => o.Start = o.Start.AddMinutes(30));
        zoom.Delete(ballet.Id, ballet.Occurrences[2].OccurrenceId);
    }
}
