using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>How the ledger names a flag.</summary>
internal static class FlagName
{
    extension(LedgerName)
    {
        public static string Flag(Guid id) => LedgerName.Create("flag", id);
    }
}
