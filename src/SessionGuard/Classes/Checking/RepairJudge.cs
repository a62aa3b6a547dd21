using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Checking;

/// <summary>Holds what was asked of Zoom against what Zoom answers now. What we asked for is no evidence.</summary>
internal static class RepairJudge
{
    /// <summary>The last repair of each setting whose outcome is another than was thought, with that outcome.</summary>
    public static IReadOnlyList<(Repair Repair, RepairOutcome Outcome)> Judge(IEnumerable<Repair> repairs, MeetingSettings settings) =>
    [
        .. repairs.Where(r => r.Outcome is not RepairOutcome.Postponed)
            .GroupBy(r => r.Field).Select(g => g.MaxBy(r => (r.At, r.Id))!)
            .Select(last => (Repair: last, Outcome: Outcome(last.Outcome, IsMended(last, settings))))
            .Where(judged => judged.Outcome != judged.Repair.Outcome),
    ];

    /// <summary>Whether the setting is in place now. Null: another version of us asked for it, by a rule that this one does not know.</summary>
    private static bool? IsMended(Repair repair, MeetingSettings settings) => (RuleList.Find(repair.Rule) as SettingsRule)?.IsInPlace(settings);

    private static RepairOutcome Outcome(RepairOutcome known, bool? mended) => (known, mended) switch
    {
        (_, null) => known,
        (RepairOutcome.Asked, true) => RepairOutcome.Held,
        (RepairOutcome.Asked, false) => RepairOutcome.NotTaken,
        (RepairOutcome.Held, false) => RepairOutcome.SetBack,
        (RepairOutcome.Held, true) or (RepairOutcome.NotTaken or RepairOutcome.Postponed or RepairOutcome.SetBack, _) => known,
    };
}
