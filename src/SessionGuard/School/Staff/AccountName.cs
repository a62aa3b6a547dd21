using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.Staff;

/// <summary>How the ledger names a member of staff.</summary>
internal static class AccountName
{
    extension(LedgerName)
    {
        public static string Account(Guid id) => LedgerName.Create("account", id);
    }
}
