using CsCheck;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Tests.Safeguarding.Presence;

public sealed class StayTimelineTests
{
    private static readonly DateTimeOffset Zero = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, ParticipantEventKind> Kinds = new()
    {
        ["J"] = ParticipantEventKind.Joined,
        ["L"] = ParticipantEventKind.Left,
        ["W"] = ParticipantEventKind.JoinedWaitingRoom,
        ["X"] = ParticipantEventKind.LeftWaitingRoom,
        ["A"] = ParticipantEventKind.Admitted,
        ["P"] = ParticipantEventKind.PutInWaitingRoom,
        ["D"] = ParticipantEventKind.WaitsForHost,
        ["E"] = ParticipantEventKind.StoppedWaitingForHost,
        ["B"] = ParticipantEventKind.JoinedBreakoutRoom,
        ["C"] = ParticipantEventKind.LeftBreakoutRoom,
    };

    /// <summary>
    /// "J 0 a" is connection a joining at second 0, "L 60 a" its leaving; a stay "0-60 a" ends before second 60. In the waiting room it is
    /// "0-60 a@w"; "B 10 x a" is a's connection x to a breakout room, and "10-20 x@b" the stay in it.
    /// </summary>
    [Theory]
    [InlineData("waited and was let in", "W 0 a, A 10 a, X 11 a, J 11 a, L 60 a", 300, "0-10 a@w, 10-60 a")]
    [InlineData("let in within one second", "W 0 a, A 10 a, X 10 a, J 10 a, L 60 a", 300, "0-10 a@w, 10-60 a")]
    [InlineData("that they joined never came, and that they were let in did", "W 0 a, A 10 a, L 60 a", 300, "0-10 a@w, 10-60 a")]
    [InlineData("gave up waiting", "W 0 a, X 30 a", 300, "0-30 a@w")]
    [InlineData("gave up waiting, and Zoom says left as well", "W 0 a, X 30 a, L 31 a", 300, "0-30 a@w")]
    [InlineData("went in unheard after waiting", "W 0 a, X 30 a, L 90 a", 300, "0-30 a@w, 90-90 a")]
    [InlineData("put back into the waiting room and let in again", "J 0 a, P 60 a, A 90 a, J 90 a, L 120 a", 300, "0-60 a, 60-90 a@w, 90-120 a")]
    [InlineData("put back, and Zoom says left as well", "J 0 a, L 60 a, P 60 a", 300, "0-60 a, 60-300 a@w")]
    [InlineData("still in the waiting room", "W 0 a", null, "0- a@w")]
    [InlineData("waited for the host", "D 0 a, E 20 a", null, "0-20 a@w")]
    [InlineData("a breakout room takes them out of the meeting", "J 0 a, B 10 x a, C 20 x a, L 60 a", 300, "0-10 a, 10-20 x@b, 20-60 a")]
    [InlineData("still in the breakout room", "J 0 a, B 10 x a", null, "0-10 a, 10- x@b")]
    [InlineData("left the meeting from the breakout room", "J 0 a, B 10 x a, L 60 a", 300, "0-10 a, 10-60 x@b")]
    [InlineData("two breakout rooms in a row", "J 0 a, B 10 x a, C 20 x a, B 30 y a, C 40 y a, L 60 a", 300, "0-10 a, 10-20 x@b, 20-30 a, 30-40 y@b, 40-60 a")]
    [InlineData("came and went", "J 0 a, L 60 a", 300, "0-60 a")]
    [InlineData("still there", "J 0 a", null, "0- a")]
    [InlineData("the leaving never came: the end of the run ends the stay", "J 0 a", 300, "0-300 a")]
    [InlineData("the leaving came first", "L 60 a, J 0 a", 300, "0-60 a")]
    [InlineData("each told twice", "J 0 a, J 0 a, L 60 a, L 60 a", 300, "0-60 a")]
    [InlineData("left is told again after the rejoin", "J 0 a, J 70 b, L 60 a, L 60 a", 300, "0-60 a, 70-300 b")]
    [InlineData("the joining never came", "L 60 a", 300, "60-60 a")]
    [InlineData("joined after the recorded end", "J 310 a", 300, "310-310 a")]
    [InlineData("left in the second of joining", "J 60 a, L 60 a", 300, "60-60 a")]
    [InlineData("nobody", "", 300, "")]
    public void Stays(string because, string heard, int? endedAt, string expected)
    {
        var stays = StayTimeline.BuildStays(Events(heard), endedAt is { } second ? Zero.AddSeconds(second) : null);
        Assert.True(expected == Written(stays), $"{because}: {Written(stays)}");
    }

    [Fact]
    public void Every_order_of_waiting_joining_and_breaking_out_and_every_repeat_gives_the_same_stays()
    {
        ParticipantEvent[] events = [.. Events("W 0 a, A 10 a, J 11 a, B 20 x a, C 30 x a, L 60 a, W 60 b")];

        Gen.OneOf(events).Array[0, 5].SelectMany(again => Gen.Shuffle((ParticipantEvent[])[.. events, .. again])).Sample(
            told => Assert.Equal("0-10 a@w, 10-20 a, 20-30 x@b, 30-60 a, 60-300 b@w", Written(StayTimeline.BuildStays(told, Zero.AddSeconds(300)))),
            iter: 1000);
    }

    [Fact]
    public void A_stay_says_which_of_its_ends_was_never_heard()
    {
        var open = Assert.Single(StayTimeline.BuildStays(Events("J 0 a"), Zero.AddSeconds(300)));
        Assert.Equal((true, false), (open.JoinIsKnown, open.LeaveIsKnown));
        var unheard = Assert.Single(StayTimeline.BuildStays(Events("L 60 a"), Zero.AddSeconds(300)));
        Assert.Equal((false, true), (unheard.JoinIsKnown, unheard.LeaveIsKnown));
    }

    private static IEnumerable<ParticipantEvent> Events(string heard) =>
        heard.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split(' ')).Select(e => new ParticipantEvent
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.Empty,
            InstanceUuid = "x",
            Kind = Kinds[e[0]],
            At = Zero.AddSeconds(int.Parse(e[1], System.Globalization.CultureInfo.InvariantCulture)),
            ConnectionId = e[2],
            ParentConnectionId = e.Length > 3 ? e[3] : null,
            RoomId = e[0] is "B" or "C" ? "room" : null,
            Name = e[2],
        });

    private static string Written(IEnumerable<Stay> stays) => string.Join(", ", stays.Select(s =>
        $"{(s.Join - Zero).TotalSeconds}-{(s.Leave - Zero)?.TotalSeconds} {s.ConnectionId}"
        + s.Room.Kind switch { RoomKind.Main => "", RoomKind.Waiting => "@w", RoomKind.Breakout => "@b" }));
}
