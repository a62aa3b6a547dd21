using SessionGuard.Rules;
using static SessionGuard.Tests.Rules.Evidence;

namespace SessionGuard.Tests.Rules;

public sealed class PresenceRulesTests
{
    private const int Deadline = -2 * 3600;

    [Theory]
    [InlineData("a second before the deadline there is time", Deadline - 1, Promise.None, RuleResult.NotNeeded)]
    [InlineData("at the deadline it is missing", Deadline, Promise.None, RuleResult.NotMet)]
    [InlineData("a second later too", Deadline + 1, Promise.None, RuleResult.NotMet)]
    [InlineData("long before, answered", Deadline - 3600, Promise.AdultWillBeThere, RuleResult.Met)]
    [InlineData("nobody could be asked, in time", Deadline - 1, Promise.CouldNotAsk, RuleResult.NotNeeded)]
    [InlineData("nobody could be asked", Deadline, Promise.CouldNotAsk, RuleResult.CouldNotCheck)]
    [InlineData("the child does not come", Deadline, Promise.CannotCome, RuleResult.NotNeeded)]
    internal void Confirmed(string because, int second, Promise promise, RuleResult expected)
    {
        var said = ParentConfirmed.Check(Of(SessionPhase.Scheduled, second, "", Child(Maya, promise)));
        Assert.True(expected == said.Result, $"{because}: {said}");
    }

    [Fact]
    public void One_silent_family_among_many_is_missing_and_a_bounced_one_is_no_silence()
    {
        var evidence = Of(SessionPhase.Scheduled, Deadline, "", Child(Maya, Promise.AdultWillBeThere), Child(Leo));
        Assert.Equal("For one child, nobody has answered.", ParentConfirmed.Check(evidence).Why);
        Assert.Equal(RuleResult.NotNeeded, ParentConfirmed.Check(evidence with { Mode = PresenceMode.AgreedAlone }).Result);
        Assert.Equal(RuleResult.Met, ParentConfirmed.Check(evidence with { CheckIns = [new(Leo, Leo, Zero)] }).Result);
        Assert.Equal(RuleResult.NotMet, ParentConfirmed.Check(evidence with { CheckIns = [new(Leo, Leo, Zero, ByTeacher: true)] }).Result);
    }

    [Theory]
    [InlineData("a second before the grace", 599, Promise.None, null)]
    [InlineData("at the grace", 600, Promise.None, Severity.High)]
    [InlineData("a second after it", 601, Promise.None, Severity.High)]
    [InlineData("who was not to come has come", 600, Promise.CannotCome, Severity.High)]
    internal void A_child_who_came_unconfirmed_past_no_gate_is_graver(string because, int second, Promise promise, Severity? expected)
    {
        var evidence = Of(SessionPhase.Live, second, "S 0-, C 0-", Child(Maya, promise), Child(Leo));
        var said = ParentConfirmed.Check(evidence);
        Assert.True((RuleResult.NotMet, Certainty.Likely, expected) == (said.Result, said.Certainty, said.Severity), $"{because}: {said}");
        Assert.Null(ParentConfirmed.Check(evidence with { HasGate = true }).Severity);
    }

    [Theory]
    [InlineData("a second before the grace", 599, "C 0-", Sighting.None, RuleResult.CouldNotCheck)]
    [InlineData("at the grace", 600, "C 0-", Sighting.None, RuleResult.NotMet)]
    [InlineData("a second after it", 601, "C 0-", Sighting.None, RuleResult.NotMet)]
    [InlineData("the teacher sees no adult", 600, "C 0-", Sighting.AdultIsNotThere, RuleResult.NotMet)]
    [InlineData("the teacher sees an adult", 900, "C 0-", Sighting.AdultIsThere, RuleResult.CouldNotCheck)]
    [InlineData("at the endpoint alone", 900, "C 0-@w", Sighting.None, RuleResult.CouldNotCheck)]
    [InlineData("the child did not come", 900, "L 0-", Sighting.None, RuleResult.CouldNotCheck)]
    internal void A_child_who_came_and_whose_adults_nobody_can_reach_is_the_leads(
        string because, int second, string stays, Sighting sighting, RuleResult expected)
    {
        var evidence = Of(SessionPhase.Live, second, $"S 0-, {stays}", Child(Maya, Promise.CouldNotAsk, sighting: sighting), Child(Leo, Promise.AdultWillBeThere));
        foreach (var gate in (bool[])[false, true])
        {
            var said = ParentConfirmed.Check(evidence with { HasGate = gate });
            Assert.True((expected, null) == (said.Result, said.Severity), $"{because}: {said}");
            Assert.Equal(expected is RuleResult.NotMet ? Certainty.Likely : Certainty.Unsure, said.Certainty);
        }

        Assert.Equal(RuleResult.Met, ParentConfirmed.Check(evidence with { CheckIns = [new(Maya, Maya, Zero)] }).Result);
    }

    [Fact]
    public void Beside_a_silent_family_the_one_that_cannot_be_reached_is_told_too()
    {
        const string Unreached = "A child came whose adults we could not ask: none of them has a mail address that we may use and that works.";
        var evidence = Of(SessionPhase.Live, 900, "S 0-, C 0-", Child(Maya, Promise.CouldNotAsk), Child(Leo));
        Assert.Equal($"For one child, nobody has answered. {Unreached}", ParentConfirmed.Check(evidence).Why);

        var both = evidence with { Stays = Stays("S 0-, C 0-, L 0-") };
        var said = ParentConfirmed.Check(both);
        Assert.Equal((Severity.High, $"A child came, and nobody had answered for them. {Unreached}"), (said.Severity, said.Why));
        Assert.Equal("2 children came" + Unreached[12..], ParentConfirmed.Check(both with { Children = [Child(Maya, Promise.CouldNotAsk), Child(Leo, Promise.CouldNotAsk)] }).Why);
    }

    [Theory]
    [InlineData("at the endpoint alone", "C 0-@w", Sighting.None)]
    [InlineData("the teacher sees an adult", "C 0-", Sighting.AdultIsThere)]
    [InlineData("only staff and a stranger", "U 0-", Sighting.None)]
    internal void What_is_no_child_alone_in_the_class_is_no_graver(string because, string stays, Sighting sighting)
    {
        var said = ParentConfirmed.Check(Of(SessionPhase.Live, 900, $"S 0-, {stays}", Child(Maya, sighting: sighting)));
        Assert.True((RuleResult.NotMet, null) == (said.Result, said.Severity), $"{because}: {said}");
    }

    [Fact]
    public void Who_is_known_by_name_alone_is_graver_and_unsure()
    {
        var said = ParentConfirmed.Check(Of(SessionPhase.Live, 900, "S 0-, C? 0-", Child(Maya)));
        Assert.Equal((Severity.High, Certainty.Unsure, "A child came, and nobody had answered for them."), (said.Severity, said.Certainty, said.Why));
    }

    [Theory]
    [InlineData("a second before the grace", 599, RuleResult.NotNeeded)]
    [InlineData("at the grace", 600, RuleResult.NotMet)]
    [InlineData("a second after it", 601, RuleResult.NotMet)]
    internal void Nobody_said_that_an_adult_is_there(string because, int second, RuleResult expected)
    {
        var said = ResponsibleAdultPresent.Check(Of(SessionPhase.Live, second, "S 0-, C 0-", Child(Maya)));
        Assert.True((expected, null) == (said.Result, said.Severity), $"{because}: {said}");
    }

    [Theory]
    [InlineData("checked in", Sighting.None, true, RuleResult.Met)]
    [InlineData("the teacher saw one", Sighting.AdultIsThere, false, RuleResult.Met)]
    [InlineData("the teacher saw none", Sighting.AdultIsNotThere, false, RuleResult.NotMet)]
    [InlineData("the teacher's eyes count before a tap", Sighting.AdultIsNotThere, true, RuleResult.NotMet)]
    [InlineData("nobody said anything", Sighting.None, false, RuleResult.NotMet)]
    internal void An_adult_is_there_by_somebodys_word(string because, Sighting sighting, bool checkedIn, RuleResult expected)
    {
        var evidence = Of(SessionPhase.Live, 900, "S 0-, C 0-, U 0-", Child(Maya, sighting: sighting)) with
        {
            CheckIns = checkedIn ? [new(Maya, Maya, Zero)] : [],
        };
        var said = ResponsibleAdultPresent.Check(evidence);
        Assert.True(expected == said.Result, $"{because}: {said}");
        Assert.Equal(sighting is Sighting.AdultIsNotThere ? Severity.High : null, said.Severity);
    }

    [Fact]
    public void Siblings_on_one_screen_each_need_an_adults_word()
    {
        var evidence = Of(SessionPhase.Live, 900, "S 0-, C 0-", Child(Maya), Child(Leo)) with { CheckIns = [new(Maya, Maya, Zero), new(Leo, Maya, Zero)] };
        Assert.Equal(RuleResult.Met, ResponsibleAdultPresent.Check(evidence).Result);

        var unseen = evidence with { Children = [Child(Maya), Child(Leo, sighting: Sighting.AdultIsNotThere)] };
        Assert.Equal(RuleResult.NotMet, ResponsibleAdultPresent.Check(unseen).Result);
        Assert.Equal(RuleResult.Met, ResponsibleAdultPresent.Check(unseen with { CheckIns = [new(Maya, Maya, Zero), new(Leo, Leo, Zero)] }).Result);
    }

    [Fact]
    public void The_teacher_is_not_also_the_childs_adult()
    {
        var evidence = Of(SessionPhase.Live, 900, "S 0-, C 0-", Child(Maya)) with { CheckIns = [new(Maya, Maya, Zero, ByTeacher: true)] };
        Assert.Equal(RuleResult.NotMet, ResponsibleAdultPresent.Check(evidence).Result);
    }

    [Fact]
    public void It_is_never_read_off_the_number_of_people()
    {
        var said = ResponsibleAdultPresent.Check(Of(SessionPhase.Live, 900, "S 0-, C 0-, U 0-, A 0-", Child(Maya)));
        Assert.Equal((RuleResult.NotMet, Certainty.Unsure), (said.Result, said.Certainty));
    }

    [Fact]
    public void Where_nobody_was_matched_nothing_can_be_said()
    {
        Assert.Equal(RuleResult.CouldNotCheck, ResponsibleAdultPresent.Check(Of(SessionPhase.Over, 900, "S 0-900, U 0-900", Child(Maya))).Result);
        Assert.Equal(RuleResult.NotNeeded, ResponsibleAdultPresent.Check(Of(SessionPhase.Over, 900, "S 0-900, C 0-900@w", Child(Maya))).Result);
        Assert.Equal(
            RuleResult.NotNeeded,
            ResponsibleAdultPresent.Check(Of(SessionPhase.Live, 900, "S 0-, C 0-", Child(Maya)) with { Mode = PresenceMode.AgreedAlone }).Result);
    }

    [Theory]
    [InlineData("a second under", "U 0-119", RuleResult.Met)]
    [InlineData("exactly two minutes", "U 0-120", RuleResult.Met)]
    [InlineData("a second over", "U 0-121", RuleResult.NotMet)]
    [InlineData("two visits add up", "U 0-100, U 200-221", RuleResult.NotMet)]
    [InlineData("two people do not", "U1 0-100, U2 200-221", RuleResult.Met)]
    [InlineData("a breakout room is inside", "U 0-121@b", RuleResult.NotMet)]
    [InlineData("the waiting room is not, when they were not let in", "U 0-900@w", RuleResult.Met)]
    [InlineData("everybody is known", "S 0-900, C 0-900", RuleResult.Met)]
    internal void Unknown(string because, string stays, RuleResult expected)
    {
        var said = UnknownParticipant.Check(Of(SessionPhase.Over, 900, stays, Child(Maya)));
        Assert.True(expected == said.Result, $"{because}: {said}");
    }

    [Theory]
    [InlineData("knocks", "U 0-@w", 0, RuleResult.NotMet, Severity.Medium, "Somebody we do not know is in the waiting room.")]
    [InlineData("has waited long", "U 0-@w", 900, RuleResult.NotMet, Severity.Medium, "Somebody we do not know is in the waiting room.")]
    [InlineData("two knock", "U1 0-@w, U2 5-@w", 10, RuleResult.NotMet, Severity.Medium, "2 people we do not know are in the waiting room.")]
    [InlineData("went away", "U 0-90@w", 91, RuleResult.Met, null, "Whom we did not know was not let in.")]
    [InlineData("one was turned away, one knocks", "U1 0-90@w, U2 95-@w", 96, RuleResult.NotMet, Severity.Medium, "Somebody we do not know is in the waiting room.")]
    [InlineData("let in, a second under two minutes", "U 0-60@w, U 60-", 179, RuleResult.NotMet, Severity.Medium, "Somebody we do not know has just been let in from the waiting room.")]
    [InlineData("let in, exactly two minutes", "U 0-60@w, U 60-", 180, RuleResult.NotMet, Severity.Medium, "Somebody we do not know has just been let in from the waiting room.")]
    [InlineData("let in, a second over", "U 0-60@w, U 60-", 181, RuleResult.NotMet, null, "Somebody we do not know was let in.")]
    [InlineData("let in, and gone at once", "U 0-60@w, U 60-90", 181, RuleResult.Met, null, "Everybody in the class is known.")]
    [InlineData("put back after three minutes", "U 0-180, U 180-@w", 181, RuleResult.NotMet, null, "Somebody we do not know was let in.")]
    [InlineData("put back within two", "U 0-90, U 90-@w", 91, RuleResult.NotMet, Severity.Medium, "Somebody we do not know is in the waiting room.")]
    [InlineData("a child of ours knocks", "C 0-@w", 900, RuleResult.Met, null, "Everybody in the class is known.")]
    internal void At_the_door_a_stranger_weighs_less(string because, string stays, int second, RuleResult expected, Severity? severity, string why)
    {
        var said = UnknownParticipant.Check(Of(SessionPhase.Live, second, $"S 0-, {stays}", Child(Maya)));
        Assert.True((expected, severity, why) == (said.Result, said.Severity, said.Why), $"{because}: {said}");
        Assert.Equal(severity is Severity.Medium, said.Certainty is Certainty.Unsure);
    }

    [Fact]
    public void Who_waited_for_the_host_is_no_stranger_at_the_door()
    {
        var evidence = Of(SessionPhase.Live, 900, "S 0-, U 0-@w", Child(Maya));
        Assert.Equal(RuleResult.NotMet, UnknownParticipant.Check(evidence).Result);
        Assert.Equal(RuleResult.Met, UnknownParticipant.Check(evidence with { Stays = [evidence.Stays[0], evidence.Stays[1] with { IsConnected = false }] }).Result);
    }

    [Theory]
    [InlineData(SeatLink.Own, Certainty.Likely)]
    [InlineData(SeatLink.Shared, Certainty.Unsure)]
    internal void Where_all_come_by_one_link_a_stranger_may_well_belong(SeatLink link, Certainty expected) =>
        Assert.Equal(expected, UnknownParticipant.Check(Of(SessionPhase.Over, 900, "U 0-900", Child(Maya, link: link))).Certainty);

    [Fact]
    public void Without_a_list_of_children_nobody_can_be_called_unknown() =>
        Assert.Equal(RuleResult.CouldNotCheck, UnknownParticipant.Check(Of(SessionPhase.Over, 900, "U 0-900")).Result);
}
