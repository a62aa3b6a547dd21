using System.Diagnostics.CodeAnalysis;

namespace SessionGuard.ZoomSandbox;

/// <summary>Everything the fake Zoom knows. Read and changed only while <see cref="Gate"/> is held.</summary>
internal sealed class ZoomWorld(SandboxOptions options)
{
    public Lock Gate { get; } = new();

    public SandboxOptions Options { get; } = options;

    public DateTimeOffset Now => Options.Clock.GetUtcNow();

    /// <summary>The account's owner, as whom a Server-to-Server app acts.</summary>
    public Operator Owner { get; } = new(ZoomIds.User(), "admin@academy.example");

    public List<SandboxHost> Hosts { get; } = [];

    public Dictionary<long, SandboxMeeting> Meetings { get; } = [];

    public List<SandboxInstance> Instances { get; } = [];

    public HashSet<SecurityOption> Locked { get; } = [];

    public SandboxHost? FindHost(string idOrEmail) =>
        Hosts.Find(h => h.Id == idOrEmail || h.Email.Equals(idOrEmail, StringComparison.OrdinalIgnoreCase));

    public SandboxHost Host(string email) =>
        FindHost(email) ?? throw new ArgumentException($"The account has no user {email}.", nameof(email));

    /// <summary>False for a meeting that never was, is deleted or has expired.</summary>
    public bool TryFindMeeting(long id, [NotNullWhen(true)] out SandboxMeeting? meeting) =>
        Meetings.TryGetValue(id, out meeting) && !meeting.IsDeleted && !meeting.IsExpired(Now);

    public SandboxMeeting Meeting(long id) =>
        TryFindMeeting(id, out var meeting) ? meeting : throw new ArgumentException($"There is no meeting {id}.", nameof(id));

    public SandboxInstance? LiveInstance(SandboxMeeting meeting) => Instances.Find(i => i.Meeting == meeting && i.EndedAt is null);

    public SandboxInstance Live(long meetingId) =>
        LiveInstance(Meeting(meetingId)) ?? throw new InvalidOperationException($"Meeting {meetingId} is not running.");

    /// <summary>The ended run with this uuid, or the latest one of this meeting or personal room.</summary>
    public SandboxInstance? FindEnded(string idOrUuid) =>
        Instances.FindLast(i => i.EndedAt is not null && (i.Uuid == idOrUuid || i.HasMeetingId(idOrUuid)));
}
