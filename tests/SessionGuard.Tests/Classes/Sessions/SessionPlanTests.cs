using SessionGuard.Classes.Sessions;

namespace SessionGuard.Tests.Classes.Sessions;

public sealed class SessionPlanTests
{
    private static readonly DateTimeOffset Five = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);
    private static readonly PlannedDate Class = new("class", Five, Five.AddMinutes(45));

    [Theory]
    [InlineData("a second too early", -30 * 60 - 1, false)]
    [InlineData("half an hour before", -30 * 60, true)]
    [InlineData("on time", 0, true)]
    [InlineData("started again two hours after the end", (45 + 120) * 60 - 1, true)]
    [InlineData("two hours after the end", (45 + 120) * 60, false)]
    public void A_run_belongs_to_the_class_it_began_near(string because, int second, bool planned)
    {
        var placed = Assert.Single(SessionPlan.Place([Class], [new Run("u", Five.AddSeconds(second))], TimeSpan.FromMinutes(45)));
        Assert.True(planned == placed.Planned, because);
    }

    [Fact]
    public void Between_two_classes_a_run_belongs_to_the_nearer_start()
    {
        var next = new PlannedDate("next", Five.AddMinutes(60), Five.AddMinutes(105));
        Assert.Equal("next", Assert.Single(SessionPlan.Place([Class, next], [new Run("u", Five.AddMinutes(40))], TimeSpan.Zero)).Date.Key);
        Assert.Equal("class", Assert.Single(SessionPlan.Place([Class, next], [new Run("u", Five.AddMinutes(20))], TimeSpan.Zero)).Date.Key);
    }

    [Fact]
    public void Runs_outside_any_schedule_that_follow_each_other_are_one_session_named_by_the_first()
    {
        var runs = new[] { new Run("second", Five.AddMinutes(10)), new Run("first", Five), new Run("tomorrow", Five.AddDays(1)) };
        var placed = SessionPlan.Place([], runs, TimeSpan.FromMinutes(45));
        Assert.Equal(["run:first", "run:first", "run:tomorrow"], placed.Select(p => p.Date.Key));
        Assert.All(placed, p => Assert.False(p.Planned));
    }
}
