namespace SessionGuard.Rules;

/// <summary>
/// Safeguard <c>pmi-not-used</c>: a class has a meeting number of its own. A personal number never changes: everybody who ever had it can
/// come back, and seats of one's own cannot be given out.
/// </summary>
internal static class PmiNotUsed
{
    /// <param name="settings">Null: Zoom did not answer.</param>
    public static Judgement Check(MeetingSettings? settings) => settings?.UsesPersonalMeetingId switch
    {
        null => Judgement.NoAnswer,
        false => new(RuleResult.Met, Certainty.Certain, "The class has a meeting number of its own."),
        true => new(RuleResult.NotMet, Certainty.Certain, "The class uses the teacher’s personal meeting number."),
    };
}
