namespace SessionGuard.Rules;

/// <summary>
/// For each child who comes, an adult has said that one will be there. It is graver when a child is in
/// the class without such a word, and no gate asked for one at the door. Mail that comes back is no silence: it is nothing until the
/// child is there, and then the lead must hear that nobody can reach this family.
/// </summary>
internal static class ParentConfirmed
{
    /// <summary>From so long before the start on, no answer is a missing one.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromHours(2);

    public static SessionRule Rule { get; } = new()
    {
        Id = "parent-confirmed",
        Title = "An adult will be there",
        Question = "has an adult said, two hours before, that one will be there?",
        Duties = "S37",
        Severity = Severity.Medium,
        SeverityFromStart = null,
        SeverityCases = "the same for a child who came and whose adults could not be asked; high for one who came past no gate and for whom nobody had answered",
        IsPreparation = true,
        Turns = new() { BeforeStart = [Deadline], WhileLive = true },
        Check = Check,
        LeadsNextStep = "Ring the family, before the class if there is time. The teacher can write a telephone answer down. Where mail does not arrive, ask for an address that works.",
        ToDo = "Please remind or ring the families who have not answered.",
    };

    public static Judgement Check(SessionEvidence evidence)
    {
        // Whoever has only just come may still say so at the join page.
        var inside = evidence.Stays.Where(s => s is { Kind: SeatKind.Child, ChildId: not null, IsInside: true } && evidence.Now - s.Join >= ResponsibleAdultPresent.Grace)
            .ToLookup(s => s.ChildId!.Value, s => s.Certainty);
        var coming = evidence.Mode is PresenceMode.AgreedAlone
            ? []
            : evidence.Children.Where(c => c.Promise is not Promise.CannotCome || inside.Contains(c.ChildId)).ToList();
        if (coming.Count == 0)
        {
            return Judgement.NotNeeded("There is no child in this class whose adult has to answer.");
        }

        // Whoever is with the child now has answered, whatever was asked before.
        var open = coming.Where(c => c.Promise is not Promise.AdultWillBeThere && !evidence.CheckIns.Any(i => i.ChildId == c.ChildId && !i.ByTeacher)).ToList();
        var silent = open.FindAll(c => c.Promise is not Promise.CouldNotAsk);
        var there = open.FindAll(c => c.Sighting is not Sighting.AdultIsThere && inside.Contains(c.ChildId));
        var came = evidence.HasGate ? [] : there.FindAll(silent.Contains);
        var unreached = there.FindAll(c => c.Promise is Promise.CouldNotAsk);
        return (silent.Count, open.Count) switch
        {
            (_, 0) => new(RuleResult.Met, Certainty.Likely, "For every child, an adult said that one will be there."),
            _ when evidence.Now < evidence.Start - Deadline => Judgement.NotNeeded("There is still time to answer."),
            _ when came.Count > 0 => new(
                RuleResult.NotMet, came.SelectMany(c => inside[c.ChildId]).Max(),
                (came.Count == 1 ? "A child came, and nobody had answered for them." : $"{came.Count} children came, and nobody had answered for them.")
                    + And(unreached.Count), Severity.High),
            ( > 0 and var count, _) => new(
                RuleResult.NotMet, Certainty.Likely,
                (count == 1 ? "For one child, nobody has answered." : $"For {count} children, nobody has answered.") + And(unreached.Count)),
            _ when unreached.Count > 0 => new(RuleResult.NotMet, unreached.SelectMany(c => inside[c.ChildId]).Max(), Unreached(unreached.Count)),
            _ => new(
                RuleResult.CouldNotCheck, Certainty.Unsure,
                open.Count == 1 ? "For one child, nobody could be asked: please ring." : $"For {open.Count} children, nobody could be asked: please ring."),
        };
    }

    private static string And(int unreached) => unreached == 0 ? "" : $" {Unreached(unreached)}";

    private static string Unreached(int count) => count == 1
        ? "A child came whose adults we could not ask: none of them has a mail address that we may use and that works."
        : $"{count} children came whose adults we could not ask: none of them has a mail address that we may use and that works.";
}
