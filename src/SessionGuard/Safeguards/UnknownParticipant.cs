namespace SessionGuard.Safeguards;

/// <summary>Safeguard <c>unknown-participant</c>: nobody is in the class whom nobody knows.</summary>
internal static class UnknownParticipant
{
    /// <summary>How long somebody may be in before the teacher must have said who they are.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

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

        var strangers = evidence.Stays.Where(s => s.Kind is null).ToList();
        var stayed = strangers.Where(s => s.IsInside).GroupBy(s => s.Who)
            .Count(g => g.Aggregate(TimeSpan.Zero, (sum, s) => sum + (s.Until(evidence.Now) - s.Join)) > Grace);
        // Where everybody comes by one link, whoever is not matched yet may well belong there.
        var certainty = evidence.Children.Any(c => c.Link is SeatLink.Shared) ? Certainty.Unsure : Certainty.Likely;
        return strangers switch
        {
            _ when stayed > 0 => new(
                RuleResult.NotMet, certainty, stayed == 1 ? "Somebody we do not know was let in." : $"{stayed} people we do not know were let in."),
            _ when EvidenceGap.HasHole(evidence) => Judgement.Gap,
            _ when strangers.Exists(s => s is { Room.Kind: RoomKind.Waiting, Leave: null }) => new(
                RuleResult.Met, Certainty.Unsure, "Somebody we do not know is in the waiting room."),
            _ => new(RuleResult.Met, Certainty.Likely, "Everybody in the class is known."),
        };
    }
}
