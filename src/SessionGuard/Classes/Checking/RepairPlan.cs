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
internal sealed record PlannedRepair(RepairableField Field, string Rule, RepairDecision Decision);

/// <summary>Decides from a meeting's settings and what was tried before what to ask of Zoom now.</summary>
internal static class RepairPlan
{
    /// <summary>As often as this a repair may be undone by hand before it is left to people.</summary>
    public const int MostSetBacks = 2;

    /// <summary>As often as this within <see cref="RefusalsCountFor"/> Zoom may fail to take a repair.</summary>
    public const int MostRefusals = 3;

    public static readonly TimeSpan RefusalsCountFor = TimeSpan.FromDays(1);

    /// <summary>Which settings a rule's repair is made of. A rule that is not here can only be mended by a person.</summary>
    private static readonly IReadOnlyDictionary<string, RepairableField> Fields = new Dictionary<string, RepairableField>
    {
        ["passcode-required"] = RepairableField.Passcode,
        ["waiting-room-on"] = RepairableField.WaitingRoom,
        ["join-before-host-off"] = RepairableField.JoinBeforeHost,
    };

    /// <param name="history">Every earlier repair of the meeting.</param>
    public static IReadOnlyList<PlannedRepair> For(MeetingSettings settings, IReadOnlyCollection<Repair> history, DateTimeOffset now) =>
        [.. Fields.Where(f => !IsInPlace(f.Key, settings)).Select(f => new PlannedRepair(f.Value, f.Key, Decide(f.Value, history, now)))];

    /// <summary>Whether the setting that <paramref name="repair"/> was to mend is in place now.</summary>
    public static bool IsMended(Repair repair, MeetingSettings settings) => IsInPlace(repair.Rule, settings);

    private static bool IsInPlace(string rule, MeetingSettings settings) => SettingsRules.All[rule](settings).Result is RuleResult.Met;

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
