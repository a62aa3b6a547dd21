namespace SessionGuard.Zoom.Client.Wire;

/// <summary>One page of a list; an empty token marks the last.</summary>
internal interface IPageWire<out T>
{
    string? NextPageToken { get; }

    IReadOnlyList<T> Items { get; }
}

internal sealed class MeetingPageWire : IPageWire<MeetingPageWire.ListedWire>
{
    public string? NextPageToken { get; init; }

    public required IReadOnlyList<ListedWire> Meetings { get; init; }

    IReadOnlyList<ListedWire> IPageWire<ListedWire>.Items => Meetings;

    internal sealed class ListedWire
    {
        public required long Id { get; init; }

        public string? Uuid { get; init; }

        public string? HostId { get; init; }

        public string? Topic { get; init; }

        public required int Type { get; init; }

        public DateTimeOffset? StartTime { get; init; }

        public int? Duration { get; init; }

        public string? Timezone { get; init; }

        public ZoomListedMeeting ToListed() => new()
        {
            Id = Id,
            Uuid = Uuid,
            HostId = HostId,
            Topic = Topic ?? "",
            Type = Type,
            Start = StartTime,
            DurationMinutes = Duration,
            TimeZone = Timezone,
        };
    }
}
