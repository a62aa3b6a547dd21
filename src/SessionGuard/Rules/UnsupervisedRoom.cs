namespace SessionGuard.Rules;

/// <summary>No child is in a room of the meeting without staff in the same room.</summary>
internal static class UnsupervisedRoom
{
    /// <summary>A constant, because the description of the API names it as an example.</summary>
    public const string Id = "unsupervised-room";

    /// <summary>The shortest stretch that counts. Zoom reports a reconnect as a leaving and a joining.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>The same when staff have only just gone: most are back at once.</summary>
    public static readonly TimeSpan GraceAfterStaff = TimeSpan.FromSeconds(180);

    public static SessionRule Rule { get; } = new()
    {
        Id = Id,
        Title = "Staff in the room",
        Question = "was no child in a room without staff for a minute?",
        Duties = "S13",
        Severity = Severity.Critical,
        SeverityFromStart = null,
        SeverityCases = "high beside somebody unknown",
        IsPreparation = false,
        Turns = new() { WhileLive = true },
        Check = Check,
        LeadsNextStep = "Ring the teacher: were the children alone, and for how long? If a child may have come to harm, act on that first.",
        ToDo = null,
    };

    public static Judgement Check(SessionEvidence evidence)
    {
        if (!evidence.HasBegun || !evidence.Stays.Any(s => s is { Kind: SeatKind.Child, IsInside: true }))
        {
            return Judgement.NotNeeded("No child was seen in the class.");
        }

        if (EvidenceGap.HasHole(evidence))
        {
            return Judgement.Gap;
        }

        var alone = evidence.Stays.Where(s => s.IsInside).GroupBy(s => s.Room)
            .SelectMany(room => Stretches([.. room], evidence)).Where(s => s.Length >= s.Limit).ToList();
        if (alone.Count == 0)
        {
            return new(RuleResult.Met, evidence.Stays.Max(s => s.Kind is null ? Certainty.Likely : s.Certainty), "No child was in the class without staff.");
        }

        // Somebody unknown beside the child may be the teacher on another account: the teacher is asked before anybody is alarmed.
        var worst = alone.OrderBy(s => s.WithUnknown).ThenByDescending(s => s.Length).First();
        return new(
            RuleResult.NotMet, worst.WithUnknown ? Certainty.Unsure : worst.Certainty,
            $"A child was in the class without staff for {Words(worst.Length)}.", worst.WithUnknown ? Severity.High : null);
    }

    private sealed record Stretch(DateTimeOffset From, DateTimeOffset To, TimeSpan Limit, bool WithUnknown, Certainty Certainty)
    {
        public TimeSpan Length => To - From;
    }

    /// <summary>The longest stretches of one room in which a child is there and staff are not.</summary>
    private static IEnumerable<Stretch> Stretches(List<StayEvidence> room, SessionEvidence evidence)
    {
        var edges = room.SelectMany(s => (DateTimeOffset[])[s.Join, s.Until(evidence.Now)]).Distinct().Order().ToList();
        DateTimeOffset? from = null;
        foreach (var (start, end) in edges.Zip(edges.Skip(1)))
        {
            var there = room.FindAll(s => s.Join <= start && s.Until(evidence.Now) >= end);
            var isAlone = there.Exists(s => s.Kind is SeatKind.Child) && !there.Exists(s => s.Kind is SeatKind.Staff);
            if (!isAlone && from is { } began)
            {
                yield return Describe(began, start, room, evidence);
            }

            from = isAlone ? from ?? start : null;
        }

        if (from is { } open)
        {
            yield return Describe(open, edges[^1], room, evidence);
        }
    }

    private static Stretch Describe(DateTimeOffset from, DateTimeOffset to, List<StayEvidence> room, SessionEvidence evidence)
    {
        var there = room.FindAll(s => s.Join < to && s.Until(evidence.Now) > from);
        var staffJustLeft = room.Exists(s => s.Kind is SeatKind.Staff && s.Leave is { } left && left <= from && from - left <= Grace);
        // Zoom gives the controls to somebody else when the host is really gone.
        var handedOn = evidence.HandedOn.Any(at => at >= from && at < to);
        return new(
            from, to, staffJustLeft && !handedOn ? GraceAfterStaff : Grace, there.Exists(s => s.Kind is null),
            there.Where(s => s.Kind is SeatKind.Child).Max(s => s.Certainty));
    }

    private static string Words(TimeSpan length) => (int)length.TotalMinutes switch
    {
        < 2 => $"{(int)length.TotalSeconds} seconds",
        var minutes => $"{minutes} minutes",
    };
}
