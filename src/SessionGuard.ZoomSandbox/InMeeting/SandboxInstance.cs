using System.Globalization;

namespace SessionGuard.ZoomSandbox;

/// <summary>One run of a meeting, from a start to its end.</summary>
public sealed class SandboxInstance
{
    internal SandboxInstance(SandboxMeeting meeting, string uuid, DateTimeOffset startedAt)
    {
        Meeting = meeting;
        Uuid = uuid;
        StartedAt = startedAt;
        EventId = meeting.EventId;
    }

    public SandboxMeeting Meeting { get; }

    public string Uuid { get; }

    public DateTimeOffset StartedAt { get; }

    public DateTimeOffset? EndedAt { get; internal set; }

    public IReadOnlyList<SandboxParticipant> Participants => People;

    internal long EventId { get; }

    internal List<SandboxParticipant> People { get; } = [];

    internal List<ParticipantStay> Stays { get; } = [];

    internal DateTimeOffset? RecordingStartedAt { get; set; }

    internal bool HasMeetingId(string id) =>
        id == EventId.ToString(CultureInfo.InvariantCulture) || id == Meeting.Id.ToString(CultureInfo.InvariantCulture);
}
