namespace SessionGuard.Rules;

/// <summary>Every child comes by a link of their own, so that it is known who comes.</summary>
internal static class NamedLinksOnly
{
    public static SessionRule Rule { get; } = new()
    {
        Id = "named-links-only",
        Title = "A link for each child",
        Question = "has each child a link of their own?",
        Duties = "S13, S42",
        Severity = Severity.Medium,
        SeverityFromStart = null,
        SeverityCases = null,
        IsPreparation = true,
        Turns = RuleTurns.WithEvidenceOnly,
        Check = Check,
        LeadsNextStep = "Ask the teacher to let families in by their own links only.",
        ToDo = null,
    };

    public static Judgement Check(SessionEvidence evidence) => evidence switch
    {
        { Children: [] } => Judgement.NotNeeded("No child has a place in this class yet."),
        _ when evidence.Children.Any(c => c.Link is SeatLink.Shared) => new(
            RuleResult.CouldNotCheck, Certainty.Certain,
            "The school’s Zoom plan gives no links of one’s own. Everybody comes by the same link, and you say who is who."),
        { Settings: null } => Judgement.NoAnswer,
        { Settings.Registration: false } => new(RuleResult.NotMet, Certainty.Certain, "The meeting lets people in without a link of their own."),
        _ when evidence.Children.Count(c => c.Link is SeatLink.Awaited) is > 0 and var missing => new(
            RuleResult.NotMet, Certainty.Certain,
            missing == 1 ? "One child has no link of their own yet." : $"{missing} children have no link of their own yet."),
        _ => new(RuleResult.Met, Certainty.Certain, "Every child has a link of their own."),
    };
}
