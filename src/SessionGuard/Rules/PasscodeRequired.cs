namespace SessionGuard.Rules;

/// <summary>Every taught session is protected by a passcode that cannot be guessed.</summary>
internal static class PasscodeRequired
{
    private const string NoPasscode = "none";

    public static SettingsRule Rule { get; } = new()
    {
        Id = "passcode-required",
        Title = "Passcode",
        Question = "has the meeting a passcode that cannot be guessed?",
        Duties = "S24",
        Severity = Severity.High,
        SeverityFromStart = Severity.Critical,
        SeverityCases = null,
        IsPreparation = true,
        Turns = RuleTurns.WithEvidenceOnly,
        Check = Check,
        InClass = SettingsRule.SameInEveryClass,
        Mending = new Mending.ByService
        {
            Field = RepairableField.Passcode,
            Name = "Passcode",
            Wish = "set a passcode",
            PutRight = settings => settings with { Passcode = PasscodeStrength.Strong },
            Before = settings => settings.Passcode is PasscodeStrength.None ? NoPasscode : "weak",
            After = "set",
            Done = before => before is NoPasscode
                ? "We added a passcode. Families’ links still work."
                : "We set a stronger passcode. Families’ links still work.",
        },
        Timeline = new("a passcode is set", "no good passcode is set"),
        LeadsNextStep = SettingsRule.LookAtIt,
        ToDo = "Please set a passcode for this class in Zoom.",
    };

    public static Judgement Check(MeetingSettings settings) => settings.Passcode switch
    {
        PasscodeStrength.Strong => new(RuleResult.Met, Certainty.Certain, "The meeting has a passcode."),
        PasscodeStrength.Weak => new(RuleResult.NotMet, Certainty.Certain, "The passcode is easy to guess."),
        PasscodeStrength.None => new(RuleResult.NotMet, Certainty.Certain, "The meeting has no passcode."),
    };
}
