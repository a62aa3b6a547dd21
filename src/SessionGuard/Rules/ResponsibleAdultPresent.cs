namespace SessionGuard.Rules;

/// <summary>
/// Each child who is there has an adult with them. That is a person's word, at the join page
/// or by the teacher's eyes; how many are in the meeting says nothing about who sits beside whom.
/// </summary>
internal static class ResponsibleAdultPresent
{
    /// <summary>How long after a child's coming nobody need have said anything.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private enum Finding
    {
        AdultIsThere,
        TooSoon,
        NobodySaid,
        NotThere,
    }

    public static SessionRule Rule { get; } = new()
    {
        Id = "responsible-adult-present",
        Title = "An adult was there",
        Question = "has somebody said that an adult is with each child?",
        Duties = "S37",
        Severity = Severity.Medium,
        SeverityFromStart = null,
        SeverityCases = "high where the teacher says that none is",
        IsPreparation = false,
        Turns = new() { WhileLive = true },
        Check = Check,
        LeadsNextStep = "Ask the teacher what they saw. If an adult was missing more than once, ring the family.",
        ToDo = null,
    };

    public static Judgement Check(SessionEvidence evidence)
    {
        if (evidence.Mode is PresenceMode.AgreedAlone)
        {
            return Judgement.NotNeeded("It is agreed that the children of this class may be alone.");
        }

        var present = Present(evidence).ToList();
        if (present.Count == 0)
        {
            return !evidence.HasBegun || evidence.Children.Count == 0 || !evidence.Stays.Any(s => s.Kind is null && s.IsInside)
                ? Judgement.NotNeeded("No child was seen in the class.")
                : new(RuleResult.CouldNotCheck, Certainty.Unsure, "We could not tell who was who in this class.");
        }

        var findings = present.ConvertAll(p => FindAdult(p.ChildId, p.Stays, evidence));
        var certainty = present.SelectMany(p => p.Stays).Max(s => s.Certainty);
        return (findings.Count(f => f is Finding.NotThere), findings.Count(f => f is Finding.NobodySaid)) switch
        {
            ( > 0 and var alone, _) => new(
                RuleResult.NotMet, Certainty.Likely,
                alone == 1 ? "The teacher said that one child had no adult there." : $"The teacher said that {alone} children had no adult there.", Severity.High),
            _ when EvidenceGap.HasHole(evidence) => Judgement.Gap,
            (_, > 0 and var unsaid) => new(
                RuleResult.NotMet, Certainty.Unsure,
                unsaid == 1 ? "For one child, nobody has said that an adult is there." : $"For {unsaid} children, nobody has said that an adult is there."),
            _ when findings.Contains(Finding.TooSoon) => Judgement.NotNeeded("The children have only just come."),
            _ => new(RuleResult.Met, certainty > Certainty.Likely ? certainty : Certainty.Likely, "For every child who was there, an adult was said to be with them."),
        };
    }

    /// <summary>Each child inside, with the stays that show it: their own, or those of the sibling whose screen they share.</summary>
    private static IEnumerable<(Guid ChildId, List<StayEvidence> Stays)> Present(SessionEvidence evidence)
    {
        var inside = evidence.Stays.Where(s => s is { Kind: SeatKind.Child, ChildId: not null, IsInside: true }).ToLookup(s => s.ChildId!.Value);
        var screens = evidence.CheckIns.Where(c => inside.Contains(c.OnSeatOfChildId)).Select(c => (c.ChildId, Screen: c.OnSeatOfChildId));
        return inside.Select(g => (ChildId: g.Key, Screen: g.Key)).Concat(screens).Distinct()
            .GroupBy(p => p.ChildId, p => p.Screen).Select(g => (g.Key, g.SelectMany(screen => inside[screen]).ToList()));
    }

    private static Finding FindAdult(Guid childId, List<StayEvidence> stays, SessionEvidence evidence)
    {
        var seen = evidence.Children.FirstOrDefault(c => c.ChildId == childId)?.Sighting ?? Sighting.None;
        return seen switch
        {
            Sighting.AdultIsNotThere => Finding.NotThere,
            Sighting.AdultIsThere => Finding.AdultIsThere,
            Sighting.None when evidence.CheckIns.Any(c => c.ChildId == childId && !c.ByTeacher) => Finding.AdultIsThere,
            Sighting.None when stays.Max(s => s.Until(evidence.Now)) - stays.Min(s => s.Join) < Grace => Finding.TooSoon,
            Sighting.None => Finding.NobodySaid,
        };
    }
}
