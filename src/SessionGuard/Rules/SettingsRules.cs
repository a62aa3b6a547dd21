namespace SessionGuard.Rules;

/// <summary>The rules that look at a meeting's settings alone, by the ids of the <see cref="SafeguardCatalogue"/>.</summary>
internal static class SettingsRules
{
    public static IReadOnlyDictionary<string, Func<MeetingSettings?, Judgement>> All { get; } = new Dictionary<string, Func<MeetingSettings?, Judgement>>
    {
        ["passcode-required"] = PasscodeRequired.Check,
        ["waiting-room-on"] = WaitingRoomOn.Check,
        ["join-before-host-off"] = JoinBeforeHostOff.Check,
        ["pmi-not-used"] = PmiNotUsed.Check,
    };

    /// <summary>What was found of a meeting, for one class that is taught in it: it may be graver there.</summary>
    public static Judgement InClass(string rule, Judgement found, SessionEvidence evidence) =>
        rule is "waiting-room-on" ? WaitingRoomOn.InClass(found, evidence) : found;
}
