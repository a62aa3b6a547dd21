namespace SessionGuard.Safeguards;

/// <summary>What a rule says about a session, and how it came to it.</summary>
/// <param name="Why">One sentence for staff, without anybody's name.</param>
internal sealed record Judgement(RuleResult Result, Certainty Certainty, string Why)
{
    /// <summary>Zoom did not answer, so nothing can be said.</summary>
    public static readonly Judgement NoAnswer = new(RuleResult.CouldNotCheck, Certainty.Unsure, "Zoom did not answer, so this could not be checked.");
}
