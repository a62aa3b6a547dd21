namespace SessionGuard.Rules;

/// <summary>
/// When a rule's result can change by the passing of time alone. New evidence has every rule checked again, whatever stands here.
/// </summary>
internal sealed record RuleTurns
{
    /// <summary>It changes only when something new is heard.</summary>
    public static readonly RuleTurns WithEvidenceOnly = new();

    /// <summary>So long before the planned start.</summary>
    public IReadOnlyList<TimeSpan> BeforeStart { get; init; } = [];

    /// <summary>At any moment while the class is on: it counts how long something lasts.</summary>
    public bool WhileLive { get; init; }

    /// <summary>So long after the end: the planned one, or the last that Zoom told of.</summary>
    public IReadOnlyList<TimeSpan> AfterEnd { get; init; } = [];
}
