namespace SessionGuard.Rules;

/// <summary>A rule that looks at a whole session. It is checked each time the session is judged.</summary>
internal sealed record SessionRule : Rule
{
    /// <summary>Never asked about a class that was cancelled.</summary>
    public required Func<SessionEvidence, Judgement> Check { get; init; }

    /// <summary>See <see cref="TeachersToDo"/>.</summary>
    public required string? ToDo { get; init; }

    public override string? TeachersToDo => ToDo;

    public Judgement Judge(SessionEvidence evidence) => evidence.Phase is SessionPhase.Cancelled ? Judgement.CalledOff : Check(evidence);
}
