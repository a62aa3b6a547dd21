using System.Security.Cryptography;
using System.Text;
using SessionGuard.Rules;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>Zoom's report of one run, held against what Zoom told while it was on.</summary>
/// <param name="Missing">What only the report knows, as if it had been told.</param>
/// <param name="Disagrees">True when both know the same thing and say something else about it.</param>
internal sealed record ReportComparison(IReadOnlyList<ParticipantEvent> Missing, bool Disagrees)
{
    /// <summary>Zoom's two clocks differ by seconds; a stay in the waiting room is counted now to one side, now to the other.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    private static readonly ParticipantEventKind[] IntoMain = [ParticipantEventKind.Joined, ParticipantEventKind.Admitted];
    private static readonly ParticipantEventKind[] OutOfMain = [ParticipantEventKind.Left, ParticipantEventKind.PutInWaitingRoom];
    private static readonly ParticipantEventKind[] IntoWaiting = [ParticipantEventKind.JoinedWaitingRoom, ParticipantEventKind.PutInWaitingRoom];
    private static readonly ParticipantEventKind[] OutOfWaiting = [ParticipantEventKind.LeftWaitingRoom, .. IntoMain, ParticipantEventKind.Left];
    private static readonly ParticipantEventKind[] IntoBreakout = [ParticipantEventKind.JoinedBreakoutRoom];
    private static readonly ParticipantEventKind[] OutOfBreakout = [ParticipantEventKind.LeftBreakoutRoom];

    /// <param name="told">Every event of the run.</param>
    /// <param name="report">Not empty: an empty one says nothing.</param>
    public static ReportComparison Compare(
        Guid organisationId, string instanceUuid, IReadOnlyCollection<ParticipantEvent> told, IReadOnlyList<ZoomParticipant> report, DateTimeOffset now)
    {
        var missing = new List<ParticipantEvent>();
        var disagrees = false;
        foreach (var rows in report.GroupBy(row => (Connection: GetConnection(row), Room: GetRoom(row))))
        {
            var (into, outOf) = Ways(rows.Key.Room);
            var own = told.Where(e => e.ConnectionId == rows.Key.Connection).ToList();
            foreach (var (kinds, time) in ((ParticipantEventKind[], Func<ZoomParticipant, DateTimeOffset?>)[])[(into, r => r.Join), (outOf, r => r.Leave)])
            {
                var known = own.Where(e => kinds.Contains(e.Kind)).Select(e => e.At).ToList();
                var unheard = Unheard(known, [.. rows.Where(r => time(r) is not null)], r => time(r)!.Value);
                // As many as were told at some other time are told wrongly; the rest were not told at all.
                disagrees |= unheard.Count > 0 && known.Count > 0;
                missing.AddRange(unheard.Skip(known.Count).Select(r => GetEvent(r, kinds[0], time(r)!.Value)));
            }
        }

        return new ReportComparison(missing, disagrees || KnowsMore(told, report));

        ParticipantEvent GetEvent(ZoomParticipant row, ParticipantEventKind kind, DateTimeOffset at) => new()
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = organisationId,
            InstanceUuid = instanceUuid,
            Kind = kind,
            Source = EventSource.Reported,
            At = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            ConnectionId = GetConnection(row),
            ParentConnectionId = row.BreakoutRoomId is null ? null : report.FirstOrDefault(r => IsInMeetingOf(r, row))?.UserId,
            RoomId = row.BreakoutRoomId,
            RegistrantId = row.RegistrantId,
            ZoomUserId = row.AccountUserId,
            Name = row.Name ?? "",
        };
    }

    /// <summary>The rows without a known time near theirs. What was near is used up, and left out of <paramref name="known"/>.</summary>
    private static List<ZoomParticipant> Unheard(List<DateTimeOffset> known, List<ZoomParticipant> rows, Func<ZoomParticipant, DateTimeOffset> time) =>
        rows.OrderBy(time).Where(row => known.RemoveAll(at => (at - time(row)).Duration() <= Tolerance) == 0).ToList();

    /// <summary>Somebody was in the meeting for a while, and the report does not know them.</summary>
    private static bool KnowsMore(IReadOnlyCollection<ParticipantEvent> told, IReadOnlyList<ZoomParticipant> report)
    {
        var reported = report.Select(GetConnection).ToHashSet();
        return StayTimeline.BuildStays(told.Where(e => e.Source is EventSource.Told), null)
            .Any(s => s.Room == Room.Main && s.Leave - s.Join > Tolerance && !reported.Contains(s.ConnectionId));
    }

    private static bool IsInMeetingOf(ZoomParticipant row, ZoomParticipant breakout) =>
        row is { BreakoutRoomId: null, InWaitingRoom: false } && row.Join <= breakout.Join && (row.Leave is not { } left || left > breakout.Join)
        && (row.RegistrantId, row.AccountUserId, row.Name) == (breakout.RegistrantId, breakout.AccountUserId, breakout.Name);

    private static RoomKind GetRoom(ZoomParticipant row) =>
        row.BreakoutRoomId is not null ? RoomKind.Breakout : row.InWaitingRoom ? RoomKind.Waiting : RoomKind.Main;

    private static (ParticipantEventKind[] Into, ParticipantEventKind[] OutOf) Ways(RoomKind room) => room switch
    {
        RoomKind.Main => (IntoMain, OutOfMain),
        RoomKind.Waiting => (IntoWaiting, OutOfWaiting),
        RoomKind.Breakout => (IntoBreakout, OutOfBreakout),
    };

    /// <summary>Where Zoom leaves the number of a connection out, who and when stand in for it.</summary>
    private static string GetConnection(ZoomParticipant row) => row.UserId
        ?? $"report:{row.Join?.ToUnixTimeMilliseconds()}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Name ?? "")).AsSpan(0, 8))}";
}
