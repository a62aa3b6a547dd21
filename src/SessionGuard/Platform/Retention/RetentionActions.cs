using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Platform.Retention;

/// <summary>What the ledger tells of deletion.</summary>
internal static class RetentionActions
{
    public static readonly LedgerAction Deletes = LedgerAction.Declare("retention.deletes", "What has been kept long enough is deleted: so many rows of each kind.");

    public static readonly LedgerAction Held = LedgerAction.Declare("retention.held", "Deletion was stopped, for one thing or the whole school.");

    public static readonly LedgerAction Lifted = LedgerAction.Declare("retention.lifted", "A hold was lifted.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Deletes, Held, Lifted];
}
