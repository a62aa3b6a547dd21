namespace SessionGuard.Rules;

/// <summary>
/// A class has a meeting number of its own. A personal number never changes: everybody who ever had it can
/// come back, and seats of one's own cannot be given out.
/// </summary>
internal static class PmiNotUsed
{
    public static SettingsRule Rule { get; } = new()
    {
        Id = "pmi-not-used",
        Title = "Own meeting number",
        Question = "has the class a meeting number of its own?",
        Duties = "S13, S35",
        Severity = Severity.High,
        SeverityFromStart = null,
        SeverityCases = null,
        IsPreparation = true,
        Turns = RuleTurns.WithEvidenceOnly,
        Check = Check,
        InClass = SettingsRule.SameInEveryClass,
        Mending = new Mending.ByTeacher
        {
            MailKey = "personal-number",
            Subject = "please use a new meeting number",
            Reason = "It uses your personal meeting number. That never changes, so everybody who ever had it could come back.",
        },
        Timeline = new("it has its own meeting number", "it uses the personal meeting number"),
        LeadsNextStep = SettingsRule.LookAtIt,
        ToDo = "Please schedule this class in Zoom with a meeting number of its own.",
    };

    public static Judgement Check(MeetingSettings settings) => settings.UsesPersonalMeetingId
        ? new(RuleResult.NotMet, Certainty.Certain, "The class uses the teacher’s personal meeting number.")
        : new(RuleResult.Met, Certainty.Certain, "The class has a meeting number of its own.");
}
