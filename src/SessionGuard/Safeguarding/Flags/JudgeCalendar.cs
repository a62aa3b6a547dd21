using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>When a session is judged next, if nothing new is heard of it before.</summary>
internal static class JudgeCalendar
{
    /// <summary>While a class is on, some rules turn with the passing of time alone.</summary>
    public static readonly TimeSpan WhileLive = TimeSpan.FromSeconds(30);

    /// <summary>How long what should be in place may be missing before anybody is bothered: most of it is repaired by then.</summary>
    public static readonly TimeSpan RepairsChance = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan WhileOverdue = TimeSpan.FromMinutes(15);

    /// <summary>The last time, whatever the rules say: what comes later comes as evidence.</summary>
    private static readonly TimeSpan LastAfterEnd = TimeSpan.FromHours(24);

    /// <summary>Three days and one day ahead whatever the rules say; at the start all that was prepared counts.</summary>
    private static readonly IReadOnlyList<TimeSpan> BeforeStart =
        [TimeSpan.FromHours(72), TimeSpan.FromHours(24), TimeSpan.Zero, .. RuleList.All.SelectMany(r => r.Turns.BeforeStart)];

    private static readonly IReadOnlyList<TimeSpan> AfterEnd = [.. RuleList.All.SelectMany(r => r.Turns.AfterEnd), LastAfterEnd];

    private static readonly bool SomeTurnWhileLive = RuleList.All.Any(r => r.Turns.WhileLive);

    /// <param name="pending">Instants at which something found now will have lasted long enough to count.</param>
    /// <returns>Later than now; null when nothing can change any more by itself.</returns>
    public static DateTimeOffset? Next(SessionEvidence session, IEnumerable<DateTimeOffset> pending)
    {
        var ended = session.Runs.Max(r => r.EndedAt) is { } last && session.Phase is SessionPhase.Over ? last : session.End;
        IEnumerable<DateTimeOffset> moments = session.Phase switch
        {
            SessionPhase.Cancelled => [],
            SessionPhase.Scheduled => BeforeStart.Select(before => session.Start - before).Concat(AfterEnd.Select(after => session.End + after)),
            SessionPhase.Live when SomeTurnWhileLive && session.Now < session.End + EvidenceGap.LatestEnd => [session.Now + WhileLive],
            SessionPhase.Live when session.Now < session.End + LastAfterEnd => [session.Now + WhileOverdue],
            SessionPhase.Live => [],
            SessionPhase.Over => AfterEnd.Select(after => ended + after),
        };
        return moments.Concat(pending).Where(at => at > session.Now).Min(at => (DateTimeOffset?)at);
    }
}
