namespace SessionGuard.Rules;

/// <summary>No child is in the meeting while no teacher is.</summary>
internal static class JoinBeforeHostOff
{
    public static SettingsRule Rule { get; } = new()
    {
        Id = "join-before-host-off",
        Title = "Teacher in first",
        Question = "can nobody be in before the teacher?",
        Duties = "S13",
        Severity = Severity.High,
        SeverityFromStart = null,
        SeverityCases = null,
        IsPreparation = true,
        Turns = RuleTurns.WithEvidenceOnly,
        Check = Check,
        InClass = SettingsRule.SameInEveryClass,
        Mending = new Mending.ByService
        {
            Field = RepairableField.JoinBeforeHost,
            Name = "Joining before the teacher",
            Wish = "let nobody in before the teacher",
            PutRight = settings => settings with { JoinBeforeHost = false },
            Before = _ => "on",
            After = "off",
            Done = _ => "Zoom would have let people in before the teacher. We switched that off.",
        },
        Timeline = new("nobody gets in before the teacher", "people get in before the teacher"),
        LeadsNextStep = SettingsRule.LookAtIt,
        ToDo = "Please let nobody in before the teacher for this class in Zoom.",
    };

    /// <remarks>
    /// Zoom ignores the setting while the waiting room is on. It still counts as missing: whoever switches the waiting room off later
    /// would open the door without knowing it.
    /// </remarks>
    public static Judgement Check(MeetingSettings settings) => settings.JoinBeforeHost
        ? new(RuleResult.NotMet, Certainty.Certain, "People could be in before the teacher.")
        : new(RuleResult.Met, Certainty.Certain, "Nobody can be in before the teacher.");
}
