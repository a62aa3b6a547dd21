namespace SessionGuard.Safeguards;

/// <summary>Safeguard <c>parent-confirmed</c>: for each child who comes, an adult has said that one will be there.</summary>
internal static class ParentConfirmed
{
    /// <summary>From so long before the start on, no answer is a missing one.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromHours(2);

    public static Judgement Check(SessionEvidence evidence)
    {
        var coming = evidence.Mode is PresenceMode.AgreedAlone ? [] : evidence.Children.Where(c => c.Promise is not Promise.CannotCome).ToList();
        if (coming.Count == 0)
        {
            return Judgement.NotNeeded("There is no child in this class whose adult has to answer.");
        }

        // Whoever is with the child now has answered, whatever was asked before.
        var open = coming.Where(c => c.Promise is not Promise.AdultWillBeThere && !evidence.CheckIns.Any(i => i.ChildId == c.ChildId && !i.ByTeacher)).ToList();
        var silent = open.Count(c => c.Promise is Promise.None);
        return (silent, open.Count) switch
        {
            (_, 0) => new(RuleResult.Met, Certainty.Likely, "For every child, an adult said that one will be there."),
            _ when evidence.Now < evidence.Start - Deadline => Judgement.NotNeeded("There is still time to answer."),
            ( > 0, _) => new(RuleResult.NotMet, Certainty.Likely, silent == 1 ? "For one child, nobody has answered." : $"For {silent} children, nobody has answered."),
            _ => new(
                RuleResult.CouldNotCheck, Certainty.Unsure,
                open.Count == 1 ? "For one child, nobody could be asked: please ring." : $"For {open.Count} children, nobody could be asked: please ring."),
        };
    }
}
