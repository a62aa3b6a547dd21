namespace SessionGuard.ZoomSandbox;

/// <summary>One connection of one person to a meeting.</summary>
public sealed class SandboxParticipant
{
    internal SandboxParticipant(SandboxMeeting meeting, JoinMeeting who, SandboxHost? user, string userId)
    {
        Meeting = meeting;
        Name = who.Name;
        UserId = userId;
        RegistrantId = who.RegistrantId ?? "";
        PhoneNumber = who.PhoneNumber;
        (ZoomUserId, Email) = user is null ? ("", who.Email) : (user.Id, user.Email);
        Role = user == meeting.Host ? ParticipantRole.Host : ParticipantRole.Attendee;
        Uuid = who.RejoinOf?.Uuid ?? ZoomIds.ParticipantUuid();
        SkipsWaitingRoom = Role == ParticipantRole.Host || who.ViaWaitingRoom == false;
        AsksForWaitingRoom = who.ViaWaitingRoom == true;
    }

    public SandboxMeeting Meeting { get; }

    /// <summary>Null while the meeting has not started.</summary>
    public SandboxInstance? Instance { get; internal set; }

    public string Name { get; }

    /// <summary>New for each connection, valid in this meeting only.</summary>
    public string UserId { get; }

    /// <summary>The person's id in this meeting; survives rejoining and breakout rooms.</summary>
    public string Uuid { get; }

    /// <summary>The account's user id; "" for a guest.</summary>
    public string ZoomUserId { get; }

    public string Email { get; }

    public string RegistrantId { get; }

    public string PhoneNumber { get; }

    public ParticipantRole Role { get; internal set; }

    public ParticipantWhereabouts Whereabouts { get; internal set; } = ParticipantWhereabouts.WaitingForHost;

    /// <summary>Undocumented, and yet in Zoom's events. An address of the documentation range.</summary>
    internal string PublicIp { get; } = $"203.0.113.{System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, 255)}";

    internal bool SkipsWaitingRoom { get; }

    internal bool AsksForWaitingRoom { get; }

    /// <summary>Set while in a breakout room: the room and the user id that holds only there.</summary>
    internal (string RoomUuid, string UserId)? Breakout { get; set; }

    /// <summary>Runs until Zoom reports that someone waits for the host.</summary>
    internal ITimer? WaitingNotice { get; set; }

    internal bool WaitingWasReported { get; set; }
}
