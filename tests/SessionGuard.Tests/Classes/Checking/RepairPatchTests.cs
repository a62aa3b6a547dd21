using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;
using SessionGuard.Tests.Rules;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Classes.Checking;

public sealed class RepairPatchTests
{
    private static readonly MeetingSettings Safe = Evidence.Safe;

    [Fact]
    public void What_is_the_same_Zoom_is_not_asked_about() => Assert.Equal(new MeetingPatch(), RepairPatch.Between(Safe, Safe));

    [Fact]
    public void Each_setting_that_a_rule_may_look_at_can_be_changed_alone()
    {
        MeetingSettings[] wanted =
        [
            Safe with { WaitingRoom = false },
            Safe with { JoinBeforeHost = true },
            Safe with { UsesPersonalMeetingId = true },
            Safe with { RequiresSignIn = true },
            Safe with { Registration = false },
            Safe with { AutoRecording = "local" },
        ];
        MeetingPatch[] expected =
        [
            new() { WaitingRoom = false },
            new() { JoinBeforeHost = true },
            new() { UsePmi = true },
            new() { MeetingAuthentication = true },
            new() { Approval = ApprovalType.NoRegistration },
            new() { AutoRecording = "local" },
        ];

        Assert.Equal(expected, wanted.Select(w => RepairPatch.Between(Safe, w)));
        Assert.Equal(new MeetingPatch { Approval = ApprovalType.Automatic }, RepairPatch.Between(Safe with { Registration = false }, Safe));

        // And the passcode, whose words are never the same twice.
        Assert.Equal(Enum.GetValues<RepairableField>().Length, wanted.Length + 1);
        Assert.Equal(PasscodeStrength.Strong, Passcodes.GetStrength(RepairPatch.Between(Safe with { Passcode = PasscodeStrength.Weak }, Safe).Passcode?.Reveal()));
    }

    [Fact]
    public void What_another_version_repaired_by_a_rule_unknown_here_is_left_as_it_is_and_still_told()
    {
        var repair = new Repair
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.CreateVersion7(),
            MeetingId = Guid.CreateVersion7(),
            Field = RepairableField.AutoRecording,
            Before = "cloud",
            After = "none",
            Rule = "of-a-newer-version",
            At = Evidence.Zero,
            Outcome = RepairOutcome.Asked,
        };

        Assert.Empty(RepairJudge.Judge([repair], Safe));
        Assert.Equal("We asked Zoom to change a setting. We have not seen yet whether it did.", RepairWords.Sentence(repair));
    }
}
