namespace SessionGuard.Rules;

/// <summary>Every rule, once, in the order in which people read them.</summary>
internal static class RuleList
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        PasscodeRequired.Rule,
        WaitingRoomOn.Rule,
        JoinBeforeHostOff.Rule,
        PmiNotUsed.Rule,
        NamedLinksOnly.Rule,
        ParentConfirmed.Rule,
        ResponsibleAdultPresent.Rule,
        UnknownParticipant.Rule,
        UnsupervisedRoom.Rule,
        EvidenceGap.Rule,
    ];

    public static IReadOnlyList<SettingsRule> OfSettings { get; } = [.. All.OfType<SettingsRule>()];

    public static IReadOnlyList<SessionRule> OfSessions { get; } = [.. All.OfType<SessionRule>()];

    /// <summary>Null: this version knows no such rule, though an older or a newer one may have.</summary>
    public static Rule? Find(string id) => All.FirstOrDefault(r => r.Id == id);

    /// <summary>The safeguard by its name for people; its id where this version knows no such rule.</summary>
    public static string GetTitle(string id) => Find(id)?.Title ?? id;
}
