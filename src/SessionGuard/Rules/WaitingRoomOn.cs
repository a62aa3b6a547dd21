namespace SessionGuard.Rules;

/// <summary>
/// Safeguard <c>waiting-room-on</c>: nobody is in the class before the teacher lets them in. It is graver where a small child is expected,
/// who cannot be asked to tell a stranger from a friend of the family.
/// </summary>
internal static class WaitingRoomOn
{
    /// <summary>A child who has not had this birthday by the day of the class is a small child.</summary>
    public const int SmallUnder = 11;

    /// <param name="settings">Null: Zoom did not answer.</param>
    public static Judgement Check(MeetingSettings? settings) => settings?.WaitingRoom switch
    {
        null => Judgement.NoAnswer,
        true => new(RuleResult.Met, Certainty.Certain, "The waiting room is on."),
        false => new(RuleResult.NotMet, Certainty.Certain, "The waiting room is off."),
    };

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
