namespace SessionGuard.Rules;

/// <summary>
/// Nobody is in the class before the teacher lets them in. It is graver where a small child is expected,
/// who cannot be asked to tell a stranger from a friend of the family.
/// </summary>
internal static class WaitingRoomOn
{
    /// <summary>A child who has not had this birthday by the day of the class is a small child.</summary>
    public const int SmallUnder = 11;

    public static SettingsRule Rule { get; } = new()
    {
        Id = "waiting-room-on",
        Title = "Waiting room",
        Question = "is the waiting room on?",
        Duties = "S13",
        Severity = Severity.Medium,
        SeverityFromStart = null,
        SeverityCases = $"high where a child is expected who is under {SmallUnder} on that day",
        IsPreparation = true,
        Turns = RuleTurns.WithEvidenceOnly,
        Check = Check,
        InClass = InClass,
        Mending = new Mending.ByService
        {
            Field = RepairableField.WaitingRoom,
            Name = "Waiting room",
            Wish = "switch the waiting room on",
            PutRight = settings => settings with { WaitingRoom = true },
            Before = _ => "off",
            After = "on",
            Done = _ => "We switched the waiting room on.",
        },
        Timeline = new("the waiting room is on", "the waiting room is off"),
        LeadsNextStep = SettingsRule.LookAtIt,
        ToDo = "Please switch the waiting room on for this class in Zoom.",
    };

    public static Judgement Check(MeetingSettings settings) => settings.WaitingRoom
        ? new(RuleResult.Met, Certainty.Certain, "The waiting room is on.")
        : new(RuleResult.NotMet, Certainty.Certain, "The waiting room is off.");

    /// <summary>What <see cref="Check"/> found of a meeting, for one class that is taught in it.</summary>
    /// <remarks>The sentence does not tell the age: in a class of one it would be a child's own.</remarks>
    public static Judgement InClass(Judgement found, SessionEvidence evidence) => (found.Result, evidence.YoungestAge) switch
    {
        (RuleResult.NotMet, < SmallUnder) => found with
        {
            Why = $"The waiting room is off, and a child under {SmallUnder} is expected.",
            Severity = Severity.High,
        },
        _ => found,
    };
}
