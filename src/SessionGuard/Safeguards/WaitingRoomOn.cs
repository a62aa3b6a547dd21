namespace SessionGuard.Safeguards;

/// <summary>Safeguard <c>waiting-room-on</c>: nobody is in the class before the teacher lets them in.</summary>
internal static class WaitingRoomOn
{
    /// <param name="settings">Null: Zoom did not answer.</param>
    public static Judgement Check(MeetingSettings? settings) => settings?.WaitingRoom switch
    {
        null => Judgement.NoAnswer,
        true => new(RuleResult.Met, Certainty.Certain, "The waiting room is on."),
        false => new(RuleResult.NotMet, Certainty.Certain, "The waiting room is off."),
    };
}
