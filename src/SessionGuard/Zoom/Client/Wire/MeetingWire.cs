namespace SessionGuard.Zoom.Client.Wire;

internal sealed class MeetingWire
{
    public required long Id { get; init; }

    public string? Uuid { get; init; }

    public required string HostId { get; init; }

    public string? HostEmail { get; init; }

    public string? Topic { get; init; }

    public required int Type { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? JoinUrl { get; init; }

    public string? Password { get; init; }

    public string? Pmi { get; init; }

    public IReadOnlyList<OccurrenceWire>? Occurrences { get; init; }

    /// <summary>Required: a meeting whose settings are missing cannot be judged.</summary>
    public required SettingsWire Settings { get; init; }

    public string? Status { get; init; }

    public ZoomMeeting ToMeeting() => new()
    {
        Id = Id,
        Uuid = Uuid,
        HostId = HostId,
        HostEmail = HostEmail,
        Topic = Topic ?? "",
        Type = Type,
        Start = StartTime,
        DurationMinutes = Duration,
        TimeZone = Timezone,
        JoinUrl = Secret.From(JoinUrl),
        Passcode = Secret.From(Password),
        Pmi = Numbers.From(Pmi),
        Occurrences = [.. (Occurrences ?? []).Select(o => new ZoomOccurrence(o.OccurrenceId, o.StartTime, o.Duration, o.Status == "deleted"))],
        Settings = Settings.ToSettings(),
        Status = Status,
    };

    internal sealed class OccurrenceWire
    {
        public required string OccurrenceId { get; init; }

        public DateTimeOffset? StartTime { get; init; }

        public int? Duration { get; init; }

        public string? Status { get; init; }
    }

    internal sealed class SettingsWire
    {
        public bool? WaitingRoom { get; init; }

        public bool? JoinBeforeHost { get; init; }

        public int? JbhTime { get; init; }

        public bool? UsePmi { get; init; }

        public bool? MeetingAuthentication { get; init; }

        public int? ApprovalType { get; init; }

        public string? AutoRecording { get; init; }

        /// <summary>Separated by semicolons.</summary>
        public string? AlternativeHosts { get; init; }

        public ZoomMeetingSettings ToSettings() => new()
        {
            WaitingRoom = WaitingRoom,
            JoinBeforeHost = JoinBeforeHost,
            JoinBeforeHostMinutes = JbhTime,
            UsePmi = UsePmi,
            MeetingAuthentication = MeetingAuthentication,
            Approval = (ApprovalType?)ApprovalType,
            AutoRecording = AutoRecording,
            AlternativeHosts =
                (AlternativeHosts ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }
}
