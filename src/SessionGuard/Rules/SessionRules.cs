namespace SessionGuard.Rules;

/// <summary>The rules that look at a whole session, by the ids of the <see cref="SafeguardCatalogue"/>.</summary>
internal static class SessionRules
{
    public static IReadOnlyDictionary<string, Func<SessionEvidence, Judgement>> All { get; } = new Dictionary<string, Func<SessionEvidence, Judgement>>
    {
        ["named-links-only"] = NamedLinksOnly.Check,
        ["parent-confirmed"] = ParentConfirmed.Check,
        ["responsible-adult-present"] = ResponsibleAdultPresent.Check,
        ["unknown-participant"] = UnknownParticipant.Check,
        ["unsupervised-room"] = UnsupervisedRoom.Check,
        [EvidenceGap.Id] = EvidenceGap.Check,
    };

    private static readonly Judgement CalledOff = Judgement.NotNeeded("The class was cancelled.");

    public static IEnumerable<(string Rule, Judgement Judgement)> Judge(SessionEvidence evidence) =>
        All.Select(rule => (rule.Key, evidence.Phase is SessionPhase.Cancelled ? CalledOff : rule.Value(evidence)));
}
