namespace SessionGuard.ZoomSandbox;

/// <content>What people do at the door and inside a meeting.</content>
public sealed partial class SandboxServer
{
    /// <summary>Raises meeting.started under a new uuid, and lets in who waits. The host's own joining is a separate <see cref="Join"/>.</summary>
    /// <param name="uuid">Null takes a fresh one; give one to meet those with slashes.</param>
    public SandboxInstance Start(long meetingId, string? uuid = null)
    {
        lock (_world.Gate)
        {
            return _doorway.Start(_world.Meeting(meetingId), uuid);
        }
    }

    /// <summary>Everyone leaves, then the meeting ends.</summary>
    public void End(long meetingId)
    {
        lock (_world.Gate)
        {
            _doorway.End(_world.Live(meetingId));
        }
    }

    /// <summary>Into the meeting, its waiting room, or the wait for the host, as the meeting is set. The host's arrival starts it.</summary>
    public SandboxParticipant Join(long meetingId, JoinMeeting who)
    {
        lock (_world.Gate)
        {
            return _doorway.Join(_world.Meeting(meetingId), who);
        }
    }

    /// <param name="reason">One of <see cref="LeaveReasons"/>; null is leaving of one's own accord.</param>
    public void Leave(SandboxParticipant participant, string? reason = null) => Do(() => _doorway.Leave(participant, reason));

    public void Admit(SandboxParticipant participant) => Do(() => _doorway.Admit(participant));

    public void PutInWaitingRoom(SandboxParticipant participant) => Do(() => _doorway.PutInWaitingRoom(participant));

    public void ChangeRole(SandboxParticipant participant, ParticipantRole role) => Do(() => _doorway.ChangeRole(participant, role));

    /// <param name="roomUuid">The same for all who are in that room; 24 characters of base64.</param>
    public void EnterBreakoutRoom(SandboxParticipant participant, string roomUuid) => Do(() => _doorway.EnterBreakoutRoom(participant, roomUuid));

    public void LeaveBreakoutRoom(SandboxParticipant participant) => Do(() => _doorway.LeaveBreakoutRoom(participant));

    /// <param name="content">application, whiteboard, desktop, airplay, camera or unknown.</param>
    public void StartSharing(SandboxParticipant participant, string content = "desktop") =>
        Do(() => _inMeetingEvents.SharingStarted(participant, content));

    public void StopSharing(SandboxParticipant participant, string content = "desktop") =>
        Do(() => _inMeetingEvents.SharingEnded(participant, content));

    /// <param name="to">Null writes to everyone; otherwise a private message.</param>
    public void Chat(SandboxParticipant from, string text, SandboxParticipant? to = null) => Do(() => _inMeetingEvents.Chat(from, text, to));

    /// <summary>Recording in the cloud; a recording on somebody's computer would raise nothing.</summary>
    public void StartRecording(long meetingId) => Do(() => _recordingEvents.Started(_world.Live(meetingId)));

    public void PauseRecording(long meetingId) => Do(() => _recordingEvents.Paused(_world.Live(meetingId)));

    public void ResumeRecording(long meetingId) => Do(() => _recordingEvents.Resumed(_world.Live(meetingId)));

    public void StopRecording(long meetingId) => Do(() => _recordingEvents.Stopped(_world.Live(meetingId)));

    /// <summary>The files of a run are ready to fetch.</summary>
    public void CompleteRecording(SandboxInstance instance) => Do(() => _recordingEvents.Completed(instance));

    public void StartLiveStream(long meetingId) => Do(() => _recordingEvents.StreamingStarted(_world.Live(meetingId)));

    public void StopLiveStream(long meetingId) => Do(() => _recordingEvents.StreamingStopped(_world.Live(meetingId)));

    /// <summary>Zoom has found the meeting's link on a public page.</summary>
    public void RaiseRiskAlert(long meetingId) => Do(() => _meetingEvents.RiskAlert(_world.Meeting(meetingId)));

    private void Do(Action action)
    {
        lock (_world.Gate)
        {
            action();
        }
    }
}
