namespace SessionGuard.Rules;

/// <summary>
/// One safeguard: what it asks, how grave it is when missing, and what each person reads about it. Each stands in one file, and in the
/// <see cref="RuleList"/>; nothing else of the service knows one by its id.
/// </summary>
internal abstract record Rule
{
    /// <summary>Stands in the database and in the API: it never changes. Two or three words in kebab case, at most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The safeguard as a thing that is in place or missing, such as "Passcode".</summary>
    public required string Title { get; init; }

    /// <summary>What it asks, as a question for the documentation.</summary>
    public required string Question { get; init; }

    /// <summary>The duties of the safeguarding policy that it answers, by number: <c>S24</c>.</summary>
    public required string Duties { get; init; }

    /// <summary>How grave it is when missing, where neither the case nor the time says otherwise.</summary>
    public required Severity Severity { get; init; }

    /// <summary>How grave it is from the start of the class on; null: as before.</summary>
    public required Severity? SeverityFromStart { get; init; }

    /// <summary>In which cases its check finds another severity, for the documentation; null: in none.</summary>
    public required string? SeverityCases { get; init; }

    /// <summary>True when it is about what can still be put right before the class; false when about what happens in it.</summary>
    public required bool IsPreparation { get; init; }

    public required RuleTurns Turns { get; init; }

    /// <summary>What most leads would do next.</summary>
    public required string LeadsNextStep { get; init; }

    /// <summary>What the teacher can do about it before the class; null when nothing is theirs to do.</summary>
    public abstract string? TeachersToDo { get; }

    /// <summary>How grave <paramref name="said"/> is at the instant of the evidence.</summary>
    public Severity GetSeverity(Judgement said, SessionEvidence evidence) =>
        said.Severity ?? (evidence.HasStarted ? SeverityFromStart : null) ?? Severity;
}
