namespace SessionGuard.Rules;

/// <summary>
/// Zoom told all of the class, so that the other rules can rely on it. A hole is nobody's fault, and never
/// counts against the teacher; it turns what would have been in place into what cannot be said.
/// </summary>
/// <remarks>
/// Once may be chance, and is told to the teacher alone. It is repeated, and the lead's too, when an earlier class of the same series had a
/// hole that was never filled and began no more than <see cref="RepeatedWithin"/> before this one: for those children it is not known any
/// more how they are taught.
/// </remarks>
internal static class EvidenceGap
{
    /// <summary>From start to start.</summary>
    public static readonly TimeSpan RepeatedWithin = TimeSpan.FromDays(30);

    /// <summary>Until so long after the end of a run, its report may still fill what is missing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>When Zoom is asked about a class that it told nothing of.</summary>
    public static readonly TimeSpan AskedAfter = TimeSpan.FromMinutes(15);

    /// <summary>A class that nobody ended by then was ended without our hearing of it.</summary>
    public static readonly TimeSpan LatestEnd = TimeSpan.FromHours(2);

    public static SessionRule Rule { get; } = new()
    {
        Id = "evidence-gap",
        Title = "Whole evidence",
        Question = "did Zoom tell all of the class?",
        Duties = "S13",
        Severity = Severity.Low,
        SeverityFromStart = null,
        SeverityCases = "medium when another class of the series had a gap in the 30 days before",
        IsPreparation = false,
        Turns = new() { WhileLive = true, AfterEnd = [AskedAfter, Patience] },
        Check = Check,
        LeadsNextStep = "Ask the teacher for their own account of the class: we did not see all of it. If it goes on, have the office look at our app in Zoom.",
        ToDo = null,
    };

    public static Judgement Check(SessionEvidence evidence) => evidence switch
    {
        { Phase: SessionPhase.Scheduled } when evidence.Now >= evidence.End + Patience => new(
            RuleResult.CouldNotCheck, Certainty.Unsure, "Zoom told us nothing of this class. It did not take place, or we did not hear of it."),
        { HasBegun: false } => Judgement.NotNeeded("The class has not begun."),
        _ when GetHole(evidence) is { } hole => IsRepeated(evidence)
            ? new(RuleResult.NotMet, Certainty.Certain, $"{hole} In the month before, we missed part of another class of this series too.", Severity.Medium)
            : new(RuleResult.NotMet, Certainty.Certain, hole),
        { Phase: SessionPhase.Live } => Judgement.NotNeeded("The class is still on."),
        _ when evidence.Runs.Any(r => r.Report is ReportState.NotYet) => Judgement.NotNeeded("Zoom’s own report of the class is not there yet."),
        _ when evidence.Runs.Any(r => r.Report is ReportState.NotAvailable) => new(
            RuleResult.CouldNotCheck, Certainty.Unsure, "Zoom gives no report of this class to compare with. What it told while the class was on is whole in itself."),
        _ when evidence.Runs.Any(r => r.Report is ReportState.OnlyWord) => new(
            RuleResult.Met, Certainty.Likely, "Zoom told us nothing of this class while it was on. What is known of it is from Zoom’s own report afterwards."),
        _ => new(RuleResult.Met, Certainty.Certain, "Zoom’s own report of the class agrees with what it told while the class was on."),
    };

    /// <summary>A class that should be over, and of which nothing was ever told: only Zoom can say now whether it took place.</summary>
    public static bool IsUntold(SessionEvidence evidence) => evidence.Phase is SessionPhase.Scheduled && evidence.Now >= evidence.End + AskedAfter;

    public static bool HasHole(SessionEvidence evidence) => GetHole(evidence) is not null;

    private static bool IsRepeated(SessionEvidence evidence) =>
        evidence.EarlierHoles.Any(start => start < evidence.Start && evidence.Start - start <= RepeatedWithin);

    /// <summary>Null: none that could still not be filled.</summary>
    private static string? GetHole(SessionEvidence evidence)
    {
        if (evidence.Phase is SessionPhase.Live)
        {
            return evidence.Now >= evidence.End + LatestEnd ? "Zoom never told us that this class ended." : null;
        }

        var settled = evidence.Runs.Where(r => r.Report is not ReportState.NotYet || evidence.Now - (r.EndedAt ?? r.FirstHeardAt) >= Patience).ToList();
        return settled.Count < evidence.Runs.Count ? null
            : settled.Exists(r => r.StartedAt is null) ? "Zoom never told us that this class started."
            : evidence.Stays.Any(s => s.IsInside && !s.JoinIsKnown) ? "Zoom never told us when somebody came."
            : evidence.Stays.Any(s => s.IsInside && !s.LeaveIsKnown) ? "Zoom never told us when somebody left."
            : settled.Exists(r => r.Report is ReportState.Disagrees) ? "Zoom’s own report of the class differs from what it told while the class was on."
            : settled.Exists(r => r.Report is ReportState.Failed) ? "Zoom’s own report of the class could not be fetched."
            : null;
    }
}
