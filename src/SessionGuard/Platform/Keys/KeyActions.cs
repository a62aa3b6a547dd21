using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Platform.Keys;

/// <summary>What the ledger tells of the master key.</summary>
internal static class KeyActions
{
    public static readonly LedgerAction Rotated = LedgerAction.Declare("key.rotated", "A new master key seals from now on.");

    public static readonly LedgerAction Retired = LedgerAction.Declare("key.retired", "An old master key is out of the key file.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Rotated, Retired];
}
