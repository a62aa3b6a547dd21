namespace SessionGuard.Rules;

/// <summary>
/// Nobody is in the class whom nobody knows. Whoever knocks is the teacher's to let in or not, which
/// is what the waiting room is for; once they have been in for a while it is graver. Who is turned away leaves nothing behind.
/// </summary>
internal static class UnknownParticipant
{
    /// <summary>How long somebody may be in before the teacher must have said who they are.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    public static SessionRule Rule { get; } = new()
    {
        Id = "unknown-participant",
        Title = "Everybody known",
        Question = "is everybody known?",
        Duties = "S13, S42",
        Severity = Severity.High,
        SeverityFromStart = null,
        SeverityCases = "medium until they were in for more than two minutes, as in the waiting room",
        IsPreparation = false,
        Turns = new() { WhileLive = true },
        Check = Check,
        LeadsNextStep = "Ask the teacher who it was. If nobody knows, give the class new links and tell the families.",
        ToDo = null,
    };

    public static Judgement Check(SessionEvidence evidence)
    {
        if (!evidence.HasBegun || evidence.Stays.Count == 0)
        {
            return Judgement.NotNeeded("Nobody was in the class.");
        }

        if (evidence.Children.Count == 0)
        {
            return new(RuleResult.CouldNotCheck, Certainty.Unsure, "Nobody has said who belongs to this class.");
        }

        // Of who waited for the host Zoom tells no more than a name, and of their coming in later it tells as of anybody's.
        var strangers = evidence.Stays.Where(s => s is { Kind: null, IsConnected: true }).GroupBy(s => s.Who).Select(g => g.ToList()).ToList();
        var stayed = strangers.Count(s => s.Where(stay => stay.IsInside).Aggregate(TimeSpan.Zero, (sum, stay) => sum + (stay.Until(evidence.Now) - stay.Join)) > Grace);
        var knocking = strangers.Count(s => s.Exists(stay => stay is { Leave: null, IsInside: false }));
        var letIn = strangers.Exists(s => s.Exists(stay => stay is { Leave: null, IsInside: true }) && s.Exists(stay => !stay.IsInside));
        // Where everybody comes by one link, whoever is not matched yet may well belong there.
        var certainty = evidence.Children.Any(c => c.Link is SeatLink.Shared) ? Certainty.Unsure : Certainty.Likely;
        return (stayed, knocking) switch
        {
            (1, _) => new(RuleResult.NotMet, certainty, "Somebody we do not know was let in."),
            ( > 1, _) => new(RuleResult.NotMet, certainty, $"{stayed} people we do not know were let in."),
            (_, 1) => AtTheDoor("Somebody we do not know is in the waiting room."),
            (_, > 1) => AtTheDoor($"{knocking} people we do not know are in the waiting room."),
            _ when letIn => AtTheDoor("Somebody we do not know has just been let in from the waiting room."),
            _ when EvidenceGap.HasHole(evidence) => Judgement.Gap,
            _ when strangers.Exists(s => s.TrueForAll(stay => !stay.IsInside)) => new(RuleResult.Met, Certainty.Likely, "Whom we did not know was not let in."),
            _ => new(RuleResult.Met, Certainty.Likely, "Everybody in the class is known."),
        };
    }

    /// <summary>The teacher sees who knocks, and is asked first.</summary>
    private static Judgement AtTheDoor(string why) => new(RuleResult.NotMet, Certainty.Unsure, why, Severity.Medium);
}
