using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Platform.Backups;

/// <summary>What the ledger tells of restored databases.</summary>
internal static class BackupActions
{
    public static readonly LedgerAction Restored = LedgerAction.Declare("database.restored", "The database was restored from a backup, and is held.");

    public static readonly LedgerAction Confirmed = LedgerAction.Declare("database.confirmed", "An operator let a restored database write to people and call Zoom.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Restored, Confirmed];
}
