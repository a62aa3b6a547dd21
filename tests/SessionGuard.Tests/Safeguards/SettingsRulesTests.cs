using SessionGuard.Safeguards;

namespace SessionGuard.Tests.Safeguards;

public sealed class SettingsRulesTests
{
    private static readonly MeetingSettings Safe = new()
    {
        Passcode = PasscodeStrength.Strong,
        WaitingRoom = true,
        JoinBeforeHost = false,
        UsesPersonalMeetingId = false,
        RequiresSignIn = false,
        Registration = true,
        AutoRecording = "none",
    };

    [Fact]
    public void A_safe_meeting_meets_every_rule_for_certain() =>
        Assert.All(SettingsRules.All.Values, check => Assert.Equal((RuleResult.Met, Certainty.Certain), Said(check(Safe))));

    [Fact]
    public void Without_an_answer_from_Zoom_no_rule_is_met() =>
        Assert.All(SettingsRules.All.Values, check => Assert.Equal(RuleResult.CouldNotCheck, check(null).Result));

    [Theory]
    [InlineData(PasscodeStrength.None, RuleResult.NotMet)]
    [InlineData(PasscodeStrength.Weak, RuleResult.NotMet)]
    [InlineData(PasscodeStrength.Strong, RuleResult.Met)]
    internal void A_passcode_must_be_there_and_strong(PasscodeStrength passcode, RuleResult expected) =>
        Assert.Equal(expected, PasscodeRequired.Check(Safe with { Passcode = passcode }).Result);

    [Fact]
    public void The_waiting_room_must_be_on() =>
        Assert.Equal(RuleResult.NotMet, WaitingRoomOn.Check(Safe with { WaitingRoom = false }).Result);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Joining_before_the_host_is_missing_whatever_the_waiting_room_says(bool waitingRoom) =>
        Assert.Equal(RuleResult.NotMet, JoinBeforeHostOff.Check(Safe with { JoinBeforeHost = true, WaitingRoom = waitingRoom }).Result);

    [Fact]
    public void A_personal_meeting_number_is_not_for_classes() =>
        Assert.Equal(RuleResult.NotMet, PmiNotUsed.Check(Safe with { UsesPersonalMeetingId = true }).Result);

    [Fact]
    public void Every_listed_rule_has_a_duty_and_every_rule_that_runs_is_listed()
    {
        Assert.All(SafeguardCatalogue.All, s => Assert.Matches("^S\\d+(, S\\d+)*$", s.Duties));
        Assert.Equal(SafeguardCatalogue.All.Count, SafeguardCatalogue.All.DistinctBy(s => s.Id).Count());
        Assert.All(SettingsRules.All.Keys, id => Assert.NotNull(SafeguardCatalogue.Of(id)));
    }

    private static (RuleResult Result, Certainty Certainty) Said(Judgement judgement) => (judgement.Result, judgement.Certainty);
}
