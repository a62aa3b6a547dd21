namespace SessionGuard.Safeguards;

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
internal sealed record Safeguard(string Id, string Title, string Duties, RuleMoment When, Severity Severity);

/// <summary>Every rule, once.</summary>
internal static class SafeguardCatalogue
{
    public static IReadOnlyList<Safeguard> All { get; } =
    [
        new("passcode-required", "Passcode", "S24", RuleMoment.Scheduled | RuleMoment.Start, Severity.High),
        new("waiting-room-on", "Waiting room", "S13", RuleMoment.Scheduled | RuleMoment.Start, Severity.Medium),
        new("join-before-host-off", "Nobody in before the teacher", "S13", RuleMoment.Scheduled, Severity.High),
        new("pmi-not-used", "Own meeting number", "S13, S35", RuleMoment.Scheduled | RuleMoment.Start, Severity.High),
    ];

    /// <exception cref="KeyNotFoundException">No rule has this id.</exception>
    public static Safeguard Of(string id) => All.FirstOrDefault(s => s.Id == id) ?? throw new KeyNotFoundException(id);
}
