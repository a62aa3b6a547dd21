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
    private static readonly TimeSpan[] BeforeStart = [TimeSpan.FromHours(72), TimeSpan.FromHours(24), ParentConfirmed.Deadline, TimeSpan.Zero];
    private static readonly TimeSpan[] AfterEnd = [EvidenceGap.AskedAfter, EvidenceGap.Patience, TimeSpan.FromHours(24)];

    /// <param name="pending">Instants at which something found now will have lasted long enough to count.</param>
    /// <returns>Later than now; null when nothing can change any more by itself.</returns>
    public static DateTimeOffset? Next(SessionEvidence session, IEnumerable<DateTimeOffset> pending)
    {
        var ended = session.Runs.Max(r => r.EndedAt) is { } last && session.Phase is SessionPhase.Over ? last : session.End;
        IEnumerable<DateTimeOffset> moments = session.Phase switch
        {
            SessionPhase.Cancelled => [],
            SessionPhase.Scheduled => BeforeStart.Select(before => session.Start - before).Concat(AfterEnd.Select(after => session.End + after)),
            SessionPhase.Live when session.Now < session.End + EvidenceGap.LatestEnd => [session.Now + WhileLive],
            SessionPhase.Live when session.Now < session.End + AfterEnd[^1] => [session.Now + WhileOverdue],
            SessionPhase.Live => [],
            SessionPhase.Over => AfterEnd.Select(after => ended + after),
        };
        return moments.Concat(pending).Where(at => at > session.Now).Min(at => (DateTimeOffset?)at);
    }
}
