namespace SessionGuard.Safeguarding.Reminders;

/// <summary>An adult who may be asked.</summary>
/// <param name="IsFirst">The school asks them first for at least one of the children.</param>
/// <param name="KnowsOldTime">They answered for a time that no longer holds, or were told it: they must hear of the new one at once.</param>
/// <param name="IsStudent">They are taught themselves: asked nothing, and told once.</param>
internal sealed record AskableAdult(Guid CarerId, bool IsFirst, bool KnowsOldTime, bool IsStudent = false);

internal sealed record PlannedAsk(Guid CarerId, AskStage Stage, DateTimeOffset DueAt);

/// <summary>
/// Who is asked about a session, and when: whom the school asks first 72 hours before, everybody 24 and 2 hours before; adult students are
/// told 24 hours before. Whether there is still something to say is looked at when the time has come.
/// </summary>
internal static class AskPlan
{
    /// <summary>How long before its start a session is planned.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(4);

    private static readonly (AskStage Stage, TimeSpan Before)[] Stages =
    [
        (AskStage.ThreeDays, TimeSpan.FromHours(72)),
        (AskStage.OneDay, TimeSpan.FromHours(24)),
        (AskStage.TwoHours, TimeSpan.FromHours(2)),
    ];

    /// <returns>Nothing once the session has begun. Of stages that have passed only the last is left, due now.</returns>
    public static IReadOnlyList<PlannedAsk> PlanAsks(DateTimeOffset start, DateTimeOffset now, IReadOnlyCollection<AskableAdult> adults) =>
        now >= start ? [] : [.. adults.SelectMany(adult => PlanAsks(start, now, adult))];

    /// <summary>When to look again who has come or gone: at each stage. Null: never again.</summary>
    public static DateTimeOffset? NextLook(DateTimeOffset start, DateTimeOffset now) =>
        Stages.Select(s => s.Before).Prepend(Ahead).Select(before => (DateTimeOffset?)(start - before)).FirstOrDefault(at => at > now);

    private static IEnumerable<PlannedAsk> PlanAsks(DateTimeOffset start, DateTimeOffset now, AskableAdult adult)
    {
        var own = Stages.Where(s => Concerns(s.Stage, adult))
            .Select(s => new PlannedAsk(adult.CarerId, s.Stage, start - s.Before)).ToList();
        var due = own.FindLastIndex(ask => ask.DueAt <= now);
        due = due < 0 && adult.KnowsOldTime ? 0 : due;
        // Far ahead nothing is planned yet, but for those who would come at the wrong time.
        var ahead = start - now <= Ahead ? own.Skip(due + 1) : [];
        return due < 0 ? ahead : ahead.Prepend(own[due] with { DueAt = now });
    }

    private static bool Concerns(AskStage stage, AskableAdult adult) => stage switch
    {
        AskStage.OneDay => true,
        AskStage.ThreeDays => !adult.IsStudent && (adult.IsFirst || adult.KnowsOldTime),
        AskStage.TwoHours or AskStage.ByHand => !adult.IsStudent,
    };
}
