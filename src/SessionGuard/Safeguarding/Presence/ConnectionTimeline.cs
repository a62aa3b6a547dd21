using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>
/// Where one connection was when. It is in one room at a time, but Zoom may tell each move twice, late or never. Each leaving ends what
/// was entered before it; told again, it changes nothing.
/// </summary>
internal sealed class ConnectionTimeline
{
    /// <summary>Zoom may say "left" of somebody who left the waiting room, a moment after saying that.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(10);

    private readonly List<Stay> _stays = [];
    private readonly Stay _who;
    private DateTimeOffset? _since;
    private Room _room;

    private ConnectionTimeline(List<ParticipantEvent> heard)
    {
        var first = heard[0];
        _who = new Stay(
            first.ConnectionId,
            Told(heard, e => e.ParticipantUuid),
            Told(heard, e => e.RegistrantId),
            Told(heard, e => e.ZoomUserId),
            heard.Find(e => e.Name.Length > 0)?.Name ?? "",
            Room.Main, first.At, null)
        {
            ParentConnectionId = Told(heard, e => e.ParentConnectionId),
        };
    }

    /// <param name="connection">Every event of one connection, in any order.</param>
    /// <param name="endedAt">When the run ended; null while it is on.</param>
    public static IReadOnlyList<Stay> BuildStays(IEnumerable<ParticipantEvent> connection, DateTimeOffset? endedAt)
    {
        var heard = connection.OrderBy(e => e.At).ThenBy(e => e.Kind).ThenBy(e => e.RoomId, StringComparer.Ordinal).ToList();
        var timeline = new ConnectionTimeline(heard);
        heard.ForEach(timeline.Take);
        if (timeline._since is { } since)
        {
            DateTimeOffset? leave = endedAt is { } end && end < since ? since : endedAt;
            timeline._stays.Add(timeline._who with { Room = timeline._room, Join = since, Leave = leave, LeaveIsKnown = leave is null });
        }

        return timeline._stays;
    }

    private void Take(ParticipantEvent heard)
    {
        switch (heard.Kind)
        {
            case ParticipantEventKind.WaitsForHost or ParticipantEventKind.JoinedWaitingRoom or ParticipantEventKind.PutInWaitingRoom:
                Enter(Room.Waiting, heard.At);
                break;
            case ParticipantEventKind.Admitted or ParticipantEventKind.Joined:
                Enter(Room.Main, heard.At);
                break;
            case ParticipantEventKind.JoinedBreakoutRoom:
                Enter(Room.Breakout(heard.RoomId), heard.At);
                break;
            case ParticipantEventKind.StoppedWaitingForHost or ParticipantEventKind.LeftWaitingRoom:
                // Once they are in, it is the other half of their coming in.
                End(heard.At, when: _room == Room.Waiting);
                break;
            case ParticipantEventKind.LeftBreakoutRoom:
                Leave(Room.Breakout(heard.RoomId), heard.At);
                break;
            case ParticipantEventKind.Left:
                Leave(Room.Main, heard.At);
                break;
            case ParticipantEventKind.MadeHost:
                break;
        }
    }

    private void Enter(Room room, DateTimeOffset at)
    {
        if (_since is not null && _room == room)
        {
            return;
        }

        End(at, when: true);
        _since = at;
        _room = room;
    }

    private void Leave(Room room, DateTimeOffset at)
    {
        var isNews = _stays.TrueForAll(s => s.Room != room && (s.Leave is not { } left || left + Echo < at));
        if (_since is null && isNews)
        {
            _stays.Add(_who with { Room = room, Join = at, Leave = at, JoinIsKnown = false });
        }

        End(at, when: true);
    }

    private void End(DateTimeOffset at, bool when)
    {
        if (_since is { } since && when)
        {
            _stays.Add(_who with { Room = _room, Join = since, Leave = at });
            _since = null;
        }
    }

    /// <summary>Zoom leaves out in one event what it tells in another.</summary>
    private static string? Told(List<ParticipantEvent> heard, Func<ParticipantEvent, string?> field) => heard.Select(field).FirstOrDefault(v => v is not null);
}
