namespace SessionGuard.Rules;

/// <summary>Safeguard <c>join-before-host-off</c>: no child is in the meeting while no teacher is.</summary>
internal static class JoinBeforeHostOff
{
    /// <param name="settings">Null: Zoom did not answer.</param>
    /// <remarks>
    /// Zoom ignores the setting while the waiting room is on. It still counts as missing: whoever switches the waiting room off later
    /// would open the door without knowing it.
    /// </remarks>
    public static Judgement Check(MeetingSettings? settings) => settings?.JoinBeforeHost switch
    {
        null => Judgement.NoAnswer,
        false => new(RuleResult.Met, Certainty.Certain, "Nobody can be in before the teacher."),
        true => new(RuleResult.NotMet, Certainty.Certain, "People could be in before the teacher."),
    };
}
