namespace SessionGuard.Rules;

/// <summary>When a rule is run.</summary>
[Flags]
internal enum RuleMoment
{
    None = 0,

    /// <summary>When a meeting is scheduled or changed, every 15 minutes for a week ahead, and a day before.</summary>
    Scheduled = 1,

    /// <summary>When the meeting starts.</summary>
    Start = 2,

    Live = 4,

    After = 8,
}

/// <summary>One rule as it is listed for people.</summary>
/// <param name="Title">The safeguard as a thing that is in place or missing, such as "Passcode".</param>
/// <param name="Duties">The duties of the safeguarding policy it answers, by number: <c>S24</c>.</param>
/// <param name="AtStart">How grave it is from the start of the class on; null: as before.</param>
internal sealed record Safeguard(string Id, string Title, string Duties, RuleMoment When, Severity Severity, Severity? AtStart = null)
{
    /// <summary>True when it is about what can still be put right before the class.</summary>
    public bool IsPrepared => (When & (RuleMoment.Live | RuleMoment.After)) is RuleMoment.None;

    /// <summary>How grave it is in one case; in general, where the case has not been judged.</summary>
    public Severity GetSeverity(RuleRecord record) => record.Severity ?? Severity;
}

/// <summary>Every rule, once.</summary>
internal static class SafeguardCatalogue
{
    public static IReadOnlyList<Safeguard> All { get; } =
    [
        new("passcode-required", "Passcode", "S24", RuleMoment.Scheduled | RuleMoment.Start, Severity.High, Severity.Critical),
        new("waiting-room-on", "Waiting room", "S13", RuleMoment.Scheduled | RuleMoment.Start, Severity.Medium),
        new("join-before-host-off", "Teacher in first", "S13", RuleMoment.Scheduled, Severity.High),
        new("pmi-not-used", "Own meeting number", "S13, S35", RuleMoment.Scheduled | RuleMoment.Start, Severity.High),
        new("named-links-only", "A link for each child", "S13, S42", RuleMoment.Scheduled, Severity.Medium),
        new("parent-confirmed", "An adult will be there", "S37", RuleMoment.Scheduled, Severity.Medium),
        new("responsible-adult-present", "An adult was there", "S37", RuleMoment.Live | RuleMoment.After, Severity.Medium),
        new("unknown-participant", "Everybody known", "S13, S42", RuleMoment.Live | RuleMoment.After, Severity.High),
        new("unsupervised-room", "Staff in the room", "S13", RuleMoment.Live | RuleMoment.After, Severity.Critical),
        new(EvidenceGap.Id, "Whole evidence", "S13", RuleMoment.Live | RuleMoment.After, Severity.Low),
    ];

    /// <exception cref="KeyNotFoundException">No rule has this id.</exception>
    public static Safeguard GetRule(string id) => All.FirstOrDefault(s => s.Id == id) ?? throw new KeyNotFoundException(id);
}
