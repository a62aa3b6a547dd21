namespace SessionGuard.Safeguards;

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
}
