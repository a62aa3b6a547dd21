using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;

namespace SessionGuard.Tests.Rules;

/// <summary>What holds of every rule, however many there are.</summary>
public sealed class RuleListTests
{
    private static readonly MeetingSettings NothingOn = new()
    {
        Passcode = PasscodeStrength.None,
        WaitingRoom = false,
        JoinBeforeHost = true,
        UsesPersonalMeetingId = true,
        RequiresSignIn = false,
        Registration = false,
        AutoRecording = "cloud",
    };

    private static IEnumerable<(SettingsRule Rule, Mending.ByService Mending)> Repaired =>
        RuleList.OfSettings.Where(r => r.Mending is Mending.ByService).Select(r => (r, (Mending.ByService)r.Mending));

    [Fact]
    public void Each_id_stands_once_in_the_list_and_fits_its_column()
    {
        Assert.Equal(RuleList.All.Count, RuleList.All.DistinctBy(r => r.Id).Count());
        Assert.All(RuleList.All, rule => Assert.Matches("^(?=.{1,40}$)[a-z]+(-[a-z]+)+$", rule.Id));
        Assert.All(RuleList.All, rule => Assert.Same(rule, RuleList.Find(rule.Id)));
        Assert.Null(RuleList.Find("of-a-newer-version"));
    }

    [Fact]
    public void Each_rule_is_about_settings_or_about_a_session() =>
        Assert.Equal(RuleList.All.Select(r => r.Id).Order(), RuleList.OfSettings.Concat<Rule>(RuleList.OfSessions).Select(r => r.Id).Order());

    [Fact]
    public void Each_rule_answers_a_duty_and_speaks_in_whole_sentences() => Assert.All(RuleList.All, rule =>
    {
        Assert.Matches(@"^S\d+(, S\d+)*$", rule.Duties);
        Assert.Matches(@"^[A-Z].*[^.?]$", rule.Title);
        Assert.Matches(@"^[a-z].*\?$", rule.Question);
        Assert.Matches(@"^[A-Z].*\.$", rule.LeadsNextStep);
        Assert.Matches(@"^([A-Z].*\.)?$", rule.TeachersToDo ?? "");
        Assert.Matches(@"^([a-z].*[^.])?$", rule.SeverityCases ?? "");
        Assert.True(rule.SeverityFromStart is null || rule.SeverityFromStart > rule.Severity, "It gets no milder when the class starts.");
    });

    [Fact]
    public void Each_rule_about_settings_finds_nothing_in_place_where_nothing_is_on() =>
        Assert.DoesNotContain(RuleList.OfSettings, rule => rule.IsInPlace(NothingOn));

    [Fact]
    public void What_the_service_puts_right_is_in_place_then_and_nothing_else_has_changed() => Assert.All(Repaired, repaired =>
    {
        var (rule, mending) = repaired;
        var after = mending.PutRight(NothingOn);

        Assert.True(rule.IsInPlace(after), rule.Id);
        Assert.Single(typeof(MeetingSettings).GetProperties(), p => p.Name != "EqualityContract" && !Equals(p.GetValue(NothingOn), p.GetValue(after)));
        Assert.NotEqual(mending.Before(NothingOn), mending.After);
        Assert.Equal(after, mending.PutRight(after));
    });

    [Fact]
    public void No_two_rules_put_the_same_setting_right() => Assert.Distinct(Repaired.Select(r => r.Mending.Field));

    [Fact]
    public void A_session_is_judged_at_each_instant_at_which_a_rule_turns()
    {
        foreach (var turns in RuleList.All.Select(r => r.Turns))
        {
            Assert.All(turns.BeforeStart, before => Assert.Equal(
                Evidence.Zero - before, JudgeCalendar.Next(Evidence.Of(SessionPhase.Scheduled, -(int)before.TotalSeconds - 1), [])));
            var over = Evidence.Of(SessionPhase.Over, 3600);
            Assert.All(turns.AfterEnd, after => Assert.Equal(
                over.Now + after, JudgeCalendar.Next(over with { Now = over.Now + after - TimeSpan.FromSeconds(1) }, [])));
        }

        Assert.Contains(RuleList.All, r => r.Turns.WhileLive);
    }

    [Theory]
    [InlineData("a second before the start", SessionPhase.Scheduled, -1, Severity.High)]
    [InlineData("the start, and nobody came", SessionPhase.Scheduled, 0, Severity.Critical)]
    [InlineData("begun a minute early", SessionPhase.Live, -60, Severity.Critical)]
    internal void A_rule_may_be_graver_from_the_start_on(string because, SessionPhase phase, int second, Severity expected)
    {
        var missing = PasscodeRequired.Check(NothingOn);
        var evidence = Evidence.Of(phase, second);

        Assert.True(expected == PasscodeRequired.Rule.GetSeverity(missing, evidence), because);
        Assert.Equal(Severity.Low, PasscodeRequired.Rule.GetSeverity(missing with { Severity = Severity.Low }, evidence));
        Assert.Equal(Severity.Medium, WaitingRoomOn.Rule.GetSeverity(missing, evidence));
    }
}
