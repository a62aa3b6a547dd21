namespace SessionGuard.Zoom.Client.Wire;

internal sealed class PastInstancesWire
{
    public required IReadOnlyList<InstanceWire> Meetings { get; init; }

    internal sealed class InstanceWire
    {
        public required string Uuid { get; init; }

        public DateTimeOffset? StartTime { get; init; }
    }
}

internal sealed class ParticipantPageWire : IPageWire<ParticipantPageWire.ParticipantWire>
{
    public string? NextPageToken { get; init; }

    public required IReadOnlyList<ParticipantWire> Participants { get; init; }

    IReadOnlyList<ParticipantWire> IPageWire<ParticipantWire>.Items => Participants;

    internal sealed class ParticipantWire
    {
        public string? Id { get; init; }

        public string? UserId { get; init; }

        public string? ParticipantUserId { get; init; }

        public string? Name { get; init; }

        public string? UserEmail { get; init; }

        public string? RegistrantId { get; init; }

        public DateTimeOffset? JoinTime { get; init; }

        public DateTimeOffset? LeaveTime { get; init; }

        public string? Status { get; init; }

        public string? BoMtgId { get; init; }

        public ZoomParticipant ToParticipant() => new()
        {
            UserId = Told(UserId),
            AccountUserId = Told(ParticipantUserId) ?? Told(Id),
            Name = Told(Name),
            Email = Told(UserEmail),
            RegistrantId = Told(RegistrantId),
            Join = JoinTime,
            Leave = LeaveTime,
            InWaitingRoom = Status == "in_waiting_room",
            BreakoutRoomId = Told(BoMtgId),
        };

        /// <summary>Zoom writes an empty text where it has nothing to tell.</summary>
        private static string? Told(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }
}
