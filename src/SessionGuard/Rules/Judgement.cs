namespace SessionGuard.Rules;

/// <summary>What a rule says about a session, and how it came to it.</summary>
/// <param name="Why">One sentence for staff, without anybody's name.</param>
/// <param name="Severity">How grave this finding is, where it differs from the rule’s own; null: as the rule says.</param>
internal sealed record Judgement(RuleResult Result, Certainty Certainty, string Why, Severity? Severity = null)
{
    /// <summary>Zoom did not answer, so nothing can be said.</summary>
    public static readonly Judgement NoAnswer = new(RuleResult.CouldNotCheck, Certainty.Unsure, "Zoom did not answer, so this could not be checked.");

    /// <summary>Part of what happened is missing, so nothing can be said.</summary>
    public static readonly Judgement Gap = new(RuleResult.CouldNotCheck, Certainty.Unsure, "Zoom did not tell us all of this class, so this could not be checked.");

    /// <summary>Of a class that was cancelled nothing is asked any more.</summary>
    public static readonly Judgement CalledOff = NotNeeded("The class was cancelled.");

    public static Judgement NotNeeded(string why) => new(RuleResult.NotNeeded, Certainty.Certain, why);
}
