using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>A ledger entry is never changed or deleted; the database sees to it.</summary>
internal static class LedgerGuard
{
    public static Task ApplyAsync(SessionGuardDb db, CancellationToken cancellation) => AppendOnlyTable.GuardAsync<LedgerEntry>(db, cancellation);
}
