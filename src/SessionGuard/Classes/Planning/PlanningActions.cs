using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Classes.Planning;

/// <summary>What the ledger tells of planning classes.</summary>
internal static class PlanningActions
{
    public static readonly LedgerAction Opened = LedgerAction.Declare("series.opened", "A class was named or planned.");

    public static readonly LedgerAction Changed = LedgerAction.Declare("series.changed", "A class was changed.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Opened, Changed];
}
