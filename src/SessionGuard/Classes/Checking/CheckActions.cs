using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Classes.Checking;

/// <summary>What the ledger tells of meetings' settings and their repair.</summary>
internal static class CheckActions
{
    public static readonly LedgerAction SettingsSeen = LedgerAction.Declare("settings.seen", "A meeting's settings are others than those seen before.");

    public static readonly LedgerAction RepairAsked = LedgerAction.Declare("repair.asked", "Zoom is asked to put a setting right.");

    public static readonly LedgerAction RepairHeld = LedgerAction.Declare("repair.held", "A repaired setting was read back and is in place.");

    public static readonly LedgerAction RepairNotTaken = LedgerAction.Declare("repair.nottaken", "Zoom did not take a repair.");

    public static readonly LedgerAction RepairPostponed = LedgerAction.Declare("repair.postponed", "Zoom was not asked for a repair after all: it must wait.");

    public static readonly LedgerAction RepairSetBack = LedgerAction.Declare("repair.setback", "A repaired setting was set back by hand.");

    public static IReadOnlyList<LedgerAction> All { get; } = [SettingsSeen, RepairAsked, RepairHeld, RepairNotTaken, RepairPostponed, RepairSetBack];

    public static LedgerAction Repaired(RepairOutcome outcome) => outcome switch
    {
        RepairOutcome.Asked => RepairAsked,
        RepairOutcome.Held => RepairHeld,
        RepairOutcome.NotTaken => RepairNotTaken,
        RepairOutcome.Postponed => RepairPostponed,
        RepairOutcome.SetBack => RepairSetBack,
    };
}
