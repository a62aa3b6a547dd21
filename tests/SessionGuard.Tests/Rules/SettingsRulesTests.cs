using SessionGuard.Rules;

namespace SessionGuard.Tests.Rules;

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
        Assert.All(RuleList.OfSettings, rule => Assert.Equal((RuleResult.Met, Certainty.Certain), Said(rule.Judge(Safe))));

    [Fact]
    public void Without_an_answer_from_Zoom_no_rule_is_met() =>
        Assert.All(RuleList.OfSettings, rule => Assert.Equal(RuleResult.CouldNotCheck, rule.Judge(null).Result));

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
    [InlineData("the youngest is ten", 10, 14, Promise.None, Severity.High)]
    [InlineData("the youngest is eleven", 11, 14, Promise.None, null)]
    [InlineData("the youngest is twelve", 12, 14, Promise.None, null)]
    [InlineData("one is small among grown ones", 17, 10, Promise.None, Severity.High)]
    [InlineData("the small one does not come", 10, 14, Promise.CannotCome, null)]
    [InlineData("no date of birth is known", null, null, Promise.None, null)]
    internal void A_missing_waiting_room_is_graver_where_a_small_child_is_expected(
        string because, int? first, int? second, Promise ofFirst, Severity? expected)
    {
        var evidence = Evidence.Of(
            SessionPhase.Scheduled, -9000, "", Evidence.Child(Evidence.Maya, ofFirst, age: first), Evidence.Child(Evidence.Leo, age: second));
        var said = WaitingRoomOn.InClass(WaitingRoomOn.Check(Safe with { WaitingRoom = false }), evidence);
        Assert.True((RuleResult.NotMet, expected) == (said.Result, said.Severity), $"{because}: {said}");
    }

    [Fact]
    public void A_small_child_changes_nothing_where_the_waiting_room_is_on_or_another_setting_is_missing()
    {
        var evidence = Evidence.Of(SessionPhase.Scheduled, -9000, "", Evidence.Child(Evidence.Maya, age: 6));
        Assert.Equal(6, evidence.YoungestAge);
        Assert.All(RuleList.OfSettings, rule => Assert.Null(rule.JudgeInClass(rule.Judge(Safe), evidence).Severity));
        Assert.All(RuleList.OfSettings, rule => Assert.Equal(Judgement.NoAnswer, rule.JudgeInClass(rule.Judge(null), evidence)));
        var passcode = PasscodeRequired.Check(Safe with { Passcode = PasscodeStrength.None });
        Assert.Equal(passcode, PasscodeRequired.Rule.JudgeInClass(passcode, evidence));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Joining_before_the_host_is_missing_whatever_the_waiting_room_says(bool waitingRoom) =>
        Assert.Equal(RuleResult.NotMet, JoinBeforeHostOff.Check(Safe with { JoinBeforeHost = true, WaitingRoom = waitingRoom }).Result);

    [Fact]
    public void A_personal_meeting_number_is_not_for_classes() =>
        Assert.Equal(RuleResult.NotMet, PmiNotUsed.Check(Safe with { UsesPersonalMeetingId = true }).Result);

    private static (RuleResult Result, Certainty Certainty) Said(Judgement judgement) => (judgement.Result, judgement.Certainty);
}
