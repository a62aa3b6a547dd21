namespace SessionGuard.Rules;

/// <summary>Safeguard <c>passcode-required</c>: every taught session is protected by a passcode that cannot be guessed.</summary>
internal static class PasscodeRequired
{
    /// <param name="settings">Null: Zoom did not answer.</param>
    public static Judgement Check(MeetingSettings? settings) => settings is null
        ? Judgement.NoAnswer
        : settings.Passcode switch
        {
            PasscodeStrength.Strong => new(RuleResult.Met, Certainty.Certain, "The meeting has a passcode."),
            PasscodeStrength.Weak => new(RuleResult.NotMet, Certainty.Certain, "The passcode is easy to guess."),
            PasscodeStrength.None => new(RuleResult.NotMet, Certainty.Certain, "The meeting has no passcode."),
        };
}
