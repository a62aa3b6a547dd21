using SessionGuard.Rules;
using static SessionGuard.Tests.Rules.Evidence;

namespace SessionGuard.Tests.Rules;

public sealed class SessionRulesTests
{
    [Theory]
    [InlineData("every child has one", SeatLink.Own, true, RuleResult.Met)]
    [InlineData("one is still awaited", SeatLink.Awaited, true, RuleResult.NotMet)]
    [InlineData("registration is off", SeatLink.Own, false, RuleResult.NotMet)]
    [InlineData("the plan has none", SeatLink.Shared, false, RuleResult.CouldNotCheck)]
    internal void Links(string because, SeatLink link, bool registration, RuleResult expected)
    {
        var said = NamedLinksOnly.Check(Of(SessionPhase.Scheduled, -9000, "", Child(Maya), Child(Leo, link: link)) with { Settings = Safe with { Registration = registration } });
        Assert.True(expected == said.Result, $"{because}: {said}");
    }

    [Fact]
    public void Without_an_answer_from_Zoom_links_are_not_in_place()
    {
        Assert.Equal(RuleResult.CouldNotCheck, NamedLinksOnly.Check(Of(SessionPhase.Scheduled, 0, "", Child(Maya)) with { Settings = null }).Result);
        Assert.Equal(RuleResult.NotNeeded, NamedLinksOnly.Check(Of(SessionPhase.Scheduled, 0)).Result);
    }

    [Theory]
    [InlineData("whole, and the report agrees", ReportState.Agrees, true, 0, RuleResult.Met)]
    [InlineData("the report is awaited", ReportState.NotYet, true, 0, RuleResult.NotNeeded)]
    [InlineData("the plan has no report", ReportState.NotAvailable, true, 0, RuleResult.CouldNotCheck)]
    [InlineData("the report differs", ReportState.Disagrees, true, 0, RuleResult.NotMet)]
    [InlineData("the report could not be fetched", ReportState.Failed, true, 0, RuleResult.NotMet)]
    [InlineData("nothing was told, and the report tells all", ReportState.OnlyWord, true, 0, RuleResult.Met)]
    [InlineData("no start, and the report did not help", ReportState.NotAvailable, false, 0, RuleResult.NotMet)]
    [InlineData("no start, a second before patience ends", ReportState.NotYet, false, 1799, RuleResult.NotNeeded)]
    [InlineData("no start, as patience ends", ReportState.NotYet, false, 1800, RuleResult.NotMet)]
    [InlineData("no start, a second later", ReportState.NotYet, false, 1801, RuleResult.NotMet)]
    internal void Gap(string because, ReportState report, bool started, int secondsAfterEnd, RuleResult expected)
    {
        var evidence = Of(SessionPhase.Over, 3600 + secondsAfterEnd, "S 0-3600, C 0-3600", Child(Maya)) with
        {
            Runs = [new RunEvidence(Zero, started ? Zero : null, Zero.AddHours(1), report)],
        };
        var said = EvidenceGap.Check(evidence);
        Assert.True(expected == said.Result, $"{because}: {said}");
    }

    [Theory]
    [InlineData(-1, RuleResult.NotNeeded, false)]
    [InlineData(899, RuleResult.NotNeeded, false)]
    [InlineData(900, RuleResult.NotNeeded, true)]
    [InlineData(1799, RuleResult.NotNeeded, true)]
    [InlineData(1800, RuleResult.CouldNotCheck, true)]
    [InlineData(1801, RuleResult.CouldNotCheck, true)]
    internal void A_class_that_nothing_was_told_of_is_asked_about_and_then_called_unknown(int secondsAfterEnd, RuleResult expected, bool isUntold)
    {
        var evidence = Of(SessionPhase.Scheduled, 3600 + secondsAfterEnd, "", Child(Maya));
        Assert.Equal((expected, isUntold), (EvidenceGap.Check(evidence).Result, EvidenceGap.IsUntold(evidence)));
        Assert.False(EvidenceGap.IsUntold(evidence with { Phase = SessionPhase.Cancelled }));
    }

    [Theory]
    [InlineData(false, true, "Zoom never told us when somebody came.")]
    [InlineData(true, false, "Zoom never told us when somebody left.")]
    public void A_stay_with_one_end_is_a_hole(bool joinIsKnown, bool leaveIsKnown, string expected)
    {
        var whole = Of(SessionPhase.Over, 3600, "S 0-3600, C 0-3600", Child(Maya));
        var hole = whole with { Stays = [whole.Stays[0], whole.Stays[1] with { JoinIsKnown = joinIsKnown, LeaveIsKnown = leaveIsKnown }] };
        Assert.Equal((RuleResult.NotMet, expected), (EvidenceGap.Check(hole).Result, EvidenceGap.Check(hole).Why));

        var atTheDoor = hole with { Stays = [hole.Stays[0], hole.Stays[1] with { Room = Room.Waiting }] };
        Assert.Equal(RuleResult.Met, EvidenceGap.Check(atTheDoor).Result);
    }

    [Theory]
    [InlineData("none before", null, null)]
    [InlineData("a week before", 7 * 86400, Severity.Medium)]
    [InlineData("a second under thirty days", (30 * 86400) - 1, Severity.Medium)]
    [InlineData("thirty days before", 30 * 86400, Severity.Medium)]
    [InlineData("a second over", (30 * 86400) + 1, null)]
    [InlineData("the class itself", 0, null)]
    [InlineData("a later class", -7 * 86400, null)]
    internal void A_hole_weighs_more_when_the_series_had_one_lately(string because, int? secondsBefore, Severity? expected)
    {
        var hole = Of(SessionPhase.Live, 3 * 3600, "S 0-") with { EarlierHoles = secondsBefore is { } s ? [Zero.AddSeconds(-s)] : [] };
        var said = EvidenceGap.Check(hole);
        Assert.True((RuleResult.NotMet, expected) == (said.Result, said.Severity), $"{because}: {said}");
        Assert.Equal(RuleResult.NotNeeded, EvidenceGap.Check(hole with { Now = Zero.AddHours(1) }).Result);
    }

    [Theory]
    [InlineData(3 * 3600 - 1, RuleResult.NotNeeded)]
    [InlineData(3 * 3600, RuleResult.NotMet)]
    [InlineData(3 * 3600 + 1, RuleResult.NotMet)]
    internal void A_class_that_never_ended_is_a_hole(int second, RuleResult expected) =>
        Assert.Equal(expected, EvidenceGap.Check(Of(SessionPhase.Live, second, "S 0-")).Result);

    [Fact]
    public void A_hole_takes_back_what_was_in_place_and_what_rests_on_silence()
    {
        var hole = Of(SessionPhase.Over, 900, "S 0-900, C 0-900", Child(Maya));
        hole = hole with { Runs = [hole.Runs[0] with { Report = ReportState.Disagrees }] };
        Assert.All(
            [ResponsibleAdultPresent.Rule, UnknownParticipant.Rule, UnsupervisedRoom.Rule], rule => Assert.Equal(RuleResult.CouldNotCheck, rule.Judge(hole).Result));

        // What the teacher saw, they saw.
        var seen = hole with { Children = [Child(Maya, sighting: Sighting.AdultIsNotThere)] };
        Assert.Equal(RuleResult.NotMet, ResponsibleAdultPresent.Check(seen).Result);
    }

    [Fact]
    public void Of_a_cancelled_class_nothing_is_asked()
    {
        var cancelled = Of(SessionPhase.Cancelled, 900, "C 0-900", Child(Maya));
        Assert.All(RuleList.OfSessions, rule => Assert.Equal(RuleResult.NotNeeded, rule.Judge(cancelled).Result));
        Assert.All(RuleList.OfSettings, rule => Assert.Equal(RuleResult.NotNeeded, rule.JudgeInClass(Judgement.NoAnswer, cancelled).Result));
    }

    [Fact]
    public void Nothing_known_is_never_in_place()
    {
        foreach (var phase in Enum.GetValues<SessionPhase>())
        {
            var nothing = Of(phase, 0) with { Settings = null, Runs = phase is SessionPhase.Over ? [new RunEvidence(Zero, null, null, ReportState.Failed)] : [] };
            Assert.DoesNotContain(RuleList.OfSessions, rule => rule.Judge(nothing).Result is RuleResult.Met);
        }
    }
}
