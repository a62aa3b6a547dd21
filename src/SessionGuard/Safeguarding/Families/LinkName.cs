using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Safeguarding.Families;

/// <summary>How the ledger names a family's link.</summary>
internal static class LinkName
{
    extension(LedgerName)
    {
        public static string Link(Guid id) => LedgerName.Create("link", id);
    }
}
