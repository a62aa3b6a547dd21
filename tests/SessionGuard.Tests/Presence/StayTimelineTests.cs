using SessionGuard.Presence;

namespace SessionGuard.Tests.Presence;

public sealed class StayTimelineTests
{
    private static readonly DateTimeOffset Zero = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    /// <summary>"J 0 a" is connection a joining at second 0, "L 60 a" its leaving; a stay "0-60 a" ends before second 60.</summary>
    [Theory]
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
        var stays = StayTimeline.Of(Events(heard), endedAt is { } second ? Zero.AddSeconds(second) : null);
        Assert.True(expected == Written(stays), $"{because}: {Written(stays)}");
    }

    private static IEnumerable<ParticipantEvent> Events(string heard) =>
        heard.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split(' ')).Select(e => new ParticipantEvent
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.Empty,
            InstanceUuid = "x",
            Kind = e[0] == "J" ? ParticipantEventKind.Joined : ParticipantEventKind.Left,
            At = Zero.AddSeconds(int.Parse(e[1], System.Globalization.CultureInfo.InvariantCulture)),
            ConnectionId = e[2],
            Name = e[2],
        });

    private static string Written(IEnumerable<Stay> stays) =>
        string.Join(", ", stays.Select(s => $"{(s.Join - Zero).TotalSeconds}-{(s.Leave - Zero)?.TotalSeconds} {s.ConnectionId}"));
}
