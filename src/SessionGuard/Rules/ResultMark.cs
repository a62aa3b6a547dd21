namespace SessionGuard.Rules;

/// <summary>A result as people see it everywhere: a word, and the shape and colour that go with it.</summary>
/// <param name="Result">Null when there is nothing to judge: the word stands alone.</param>
internal sealed record ResultMark(RuleResult? Result, string Word, bool IsUrgent = false)
{
    public static ResultMark ForResult(RuleResult result, Severity severity) => result switch
    {
        RuleResult.Met => new ResultMark(result, "In place"),
        RuleResult.NotMet => new ResultMark(result, "Missing", severity >= Severity.High),
        RuleResult.CouldNotCheck => new ResultMark(result, "Could not check"),
        RuleResult.NotNeeded => new ResultMark(result, "Not needed"),
    };

    /// <summary>The class of the style sheet, to be put after <c>result-</c> or <c>verdict-</c>.</summary>
    public string Style => (Result switch
    {
        RuleResult.Met => "met",
        RuleResult.NotMet => "missing",
        RuleResult.CouldNotCheck => "unknown",
        RuleResult.NotNeeded or null => "none",
    }) + (IsUrgent ? " urgent" : "");
}
