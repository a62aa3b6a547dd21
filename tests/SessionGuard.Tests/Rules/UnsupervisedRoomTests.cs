using SessionGuard.Rules;

namespace SessionGuard.Tests.Rules;

public sealed class UnsupervisedRoomTests
{
    [Theory] // "S 0-300" is a staff stay from second 0 up to, not including, second 300
    [InlineData("no child seat", "S 0-600", RuleResult.NotNeeded)]
    [InlineData("handover at one instant", "S 0-300, S 300-600, C 0-600", RuleResult.Met)]
    [InlineData("one second under the grace before staff come", "C 0-600, S 59-600", RuleResult.Met)]
    [InlineData("exactly the grace", "C 0-600, S 60-600", RuleResult.NotMet)]
    [InlineData("one second over the grace", "C 0-600, S 61-600", RuleResult.NotMet)]
    [InlineData("staff just left: one second under the longer grace", "S 0-100, S 279-600, C 0-600", RuleResult.Met)]
    [InlineData("staff just left: exactly the longer grace", "S 0-100, S 280-600, C 0-600", RuleResult.NotMet)]
    [InlineData("staff just left: one second over", "S 0-100, S 281-600, C 0-600", RuleResult.NotMet)]
    [InlineData("the child came 60 seconds after staff left: they only just left", "S 0-100, C 160-339, S 339-600", RuleResult.Met)]
    [InlineData("the child came 61 seconds after staff left: they were gone", "S 0-100, C 161-221, S 339-600", RuleResult.NotMet)]
    [InlineData("the child left too", "S 0-100, C 0-110, S 400-600", RuleResult.Met)]
    [InlineData("two short stretches do not add up", "S 0-100, S 200-300, S 400-600, C 0-600", RuleResult.Met)]
    [InlineData("the waiting room never counts", "C 0-600@w, S 500-600", RuleResult.NotNeeded)]
    [InlineData("staff in another room do not help", "S 0-600, C 0-100, C 100-160@b", RuleResult.NotMet)]
    [InlineData("staff in the same breakout room do", "S 0-100, S 100-600@b, C 0-100, C 100-600@b", RuleResult.Met)]
    [InlineData("two breakout rooms are two rooms", "S 0-600@b, C 0-600@c", RuleResult.NotMet)]
    [InlineData("an adult student is no staff", "A 0-600, C 0-600", RuleResult.NotMet)]
    internal void Result(string because, string stays, RuleResult expected)
    {
        var said = UnsupervisedRoom.Check(Evidence.Of(SessionPhase.Over, 600, stays));
        Assert.True(expected == said.Result, $"{because}: {said}");
    }

    [Theory]
    [InlineData(59, RuleResult.Met)]
    [InlineData(60, RuleResult.NotMet)]
    [InlineData(61, RuleResult.NotMet)]
    internal void While_it_goes_on_the_present_instant_counts(int second, RuleResult expected) =>
        Assert.Equal(expected, UnsupervisedRoom.Check(Evidence.Of(SessionPhase.Live, second, "C 0-")).Result);

    [Fact]
    public void Where_Zoom_handed_the_controls_on_the_short_grace_holds()
    {
        var evidence = Evidence.Of(SessionPhase.Over, 600, "S 0-100, S 200-600, C 0-600");
        Assert.Equal(RuleResult.Met, UnsupervisedRoom.Check(evidence).Result);
        Assert.Equal(RuleResult.NotMet, UnsupervisedRoom.Check(evidence with { HandedOn = [Evidence.Zero.AddSeconds(101)] }).Result);
        Assert.Equal(RuleResult.Met, UnsupervisedRoom.Check(evidence with { HandedOn = [Evidence.Zero.AddSeconds(99)] }).Result);
    }

    [Fact]
    public void Beside_somebody_unknown_the_teacher_is_asked_first()
    {
        var said = UnsupervisedRoom.Check(Evidence.Of(SessionPhase.Over, 600, "C 0-600, U 10-600"));
        Assert.Equal((RuleResult.NotMet, Certainty.Unsure, Severity.High), (said.Result, said.Certainty, said.Severity));
    }

    [Fact]
    public void A_hole_in_the_evidence_leaves_it_open()
    {
        var evidence = Evidence.Of(SessionPhase.Over, 600, "C 0-600");
        Assert.Equal(RuleResult.CouldNotCheck, UnsupervisedRoom.Check(evidence with { Runs = [evidence.Runs[0] with { StartedAt = null }] }).Result);
    }

    [Theory]
    [InlineData("C 0-600", Certainty.Likely)]
    [InlineData("C? 0-600", Certainty.Unsure)]
    internal void It_is_as_sure_as_the_child_is_known(string stays, Certainty expected) =>
        Assert.Equal(expected, UnsupervisedRoom.Check(Evidence.Of(SessionPhase.Over, 600, stays)).Certainty);
}
