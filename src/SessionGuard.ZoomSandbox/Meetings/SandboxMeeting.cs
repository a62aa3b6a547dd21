namespace SessionGuard.ZoomSandbox;

/// <summary>A meeting as Zoom keeps it. Change it only inside <see cref="SandboxServer.Change"/>, which raises what Zoom would raise.</summary>
public sealed class SandboxMeeting
{
    private readonly List<MeetingOccurrence> _occurrences = [];

    internal SandboxMeeting(SandboxHost host, long id, MeetingType type, DateTimeOffset now)
    {
        Host = host;
        Id = id;
        Type = type;
        CreatedAt = now;
        TimeZone = host.TimeZone;
    }

    public long Id { get; }

    public string Uuid { get; } = ZoomIds.Uuid();

    public SandboxHost Host { get; }

    public MeetingType Type { get; set; }

    public string Topic { get; set; } = "Zoom Meeting";

    public string Agenda { get; set; } = "";

    /// <summary>Null for a meeting without a fixed time.</summary>
    public DateTimeOffset? Start { get; set; }

    public int Minutes { get; set; } = 60;

    public string TimeZone { get; set; }

    /// <summary>"" means that there is none.</summary>
    public string Passcode { get; set; } = "";

    public MeetingSettings Settings { get; internal set; } = new();

    public MeetingRecurrence? Recurrence { get; internal set; }

    public IReadOnlyList<MeetingOccurrence> Occurrences => _occurrences;

    public IReadOnlyList<SandboxRegistrant> Registrants => RegistrantList;

    public bool IsDeleted { get; internal set; }

    /// <summary>The id that events show: for a meeting in the personal room, the room's number.</summary>
    public long EventId => Settings.UsePmi ? Host.PersonalMeetingId : Id;

    public bool HasRegistration => Settings.ApprovalType != 2;

    /// <summary>Anyone with it gets in without typing the passcode, unless the host's settings keep it out of the link.</summary>
    public string JoinUrl => $"https://us06web.zoom.us/j/{EventId}{LinkPasscode("?pwd=")}";

    internal DateTimeOffset CreatedAt { get; }

    internal string CreationSource { get; init; } = "web_portal";

    internal List<SandboxRegistrant> RegistrantList { get; } = [];

    /// <summary>People at the door before the host has started it.</summary>
    internal List<SandboxParticipant> Lobby { get; } = [];

    /// <summary>What the next run will be called; events about people who wait for it already use it.</summary>
    internal string NextInstanceUuid { get; set; } = ZoomIds.Uuid();

    internal string LinkPasscode(string prefix) =>
        Passcode.Length == 0 || !Host.Setting("schedule_meeting", "embed_password_in_join_link")
            ? ""
            : prefix + ZoomIds.LinkPasscode(Id, Passcode);

    internal void LayOutOccurrences()
    {
        _occurrences.Clear();
        if (Type == MeetingType.RecurringFixedTime && Recurrence is not null && Start is { } first)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
            _occurrences.AddRange(Recurrence.Starts(first, zone).Select(start => new MeetingOccurrence(start, Minutes)));
        }
    }

    internal MeetingOccurrence? FindOccurrence(string occurrenceId) =>
        _occurrences.Find(o => o.OccurrenceId == occurrenceId && !o.IsDeleted);

    /// <summary>Zoom forgets a single meeting 30 days after its date and a series a year after its last.</summary>
    internal bool IsExpired(DateTimeOffset now) => Type switch
    {
        MeetingType.PersonalRoom or MeetingType.Instant => false,
        MeetingType.Scheduled => Start is { } start && now > start.AddDays(30),
        MeetingType.RecurringNoFixedTime => now > CreatedAt.AddDays(365),
        MeetingType.RecurringFixedTime => now > (_occurrences.Count > 0 ? _occurrences[^1].Start : CreatedAt).AddDays(365),
    };
}
