using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Checking;

/// <summary>What is to be done about one setting that a rule found missing.</summary>
internal enum RepairDecision
{
    Repair,

    /// <summary>Somebody set it back by hand twice. No repair fights a person.</summary>
    LeaveToPeople,

    /// <summary>Zoom did not take it several times within a day.</summary>
    CannotFix,
}

/// <param name="Rule">The rule that found it missing.</param>
internal sealed record PlannedRepair(SettingsRule Rule, Mending.ByService Mending, RepairDecision Decision);

/// <summary>Decides from a meeting's settings and what was tried before what to ask of Zoom now.</summary>
internal static class RepairPlan
{
    /// <summary>As often as this a repair may be undone by hand before it is left to people.</summary>
    public const int MostSetBacks = 2;

    /// <summary>As often as this within <see cref="RefusalsCountFor"/> Zoom may fail to take a repair.</summary>
    public const int MostRefusals = 3;

    public static readonly TimeSpan RefusalsCountFor = TimeSpan.FromDays(1);

    /// <param name="history">Every earlier repair of the meeting.</param>
    public static IReadOnlyList<PlannedRepair> For(MeetingSettings settings, IReadOnlyCollection<Repair> history, DateTimeOffset now) =>
    [
        .. from rule in RuleList.OfSettings
           where !rule.IsInPlace(settings)
           let mending = rule.Mending as Mending.ByService
           where mending is not null
           select new PlannedRepair(rule, mending, Decide(mending.Field, history, now)),
    ];

    /// <summary>What only the teacher can change.</summary>
    public static IEnumerable<(SettingsRule Rule, Mending.ByTeacher Mending)> ForTeacher(MeetingSettings settings) =>
        from rule in RuleList.OfSettings
        where !rule.IsInPlace(settings)
        let mending = rule.Mending as Mending.ByTeacher
        where mending is not null
        select (rule, mending);

    private static RepairDecision Decide(RepairableField field, IReadOnlyCollection<Repair> history, DateTimeOffset now)
    {
        var earlier = history.Where(r => r.Field == field).ToList();
        return earlier switch
        {
            _ when earlier.Count(r => r.Outcome is RepairOutcome.SetBack) >= MostSetBacks => RepairDecision.LeaveToPeople,
            _ when earlier.Count(r => r.Outcome is RepairOutcome.NotTaken && r.At > now - RefusalsCountFor) >= MostRefusals => RepairDecision.CannotFix,
            _ => RepairDecision.Repair,
        };
    }
}
