using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Classes.Sessions;

/// <summary>How the ledger names a class: its meeting in Zoom, the series, one session.</summary>
internal static class ClassName
{
    extension(LedgerName)
    {
        public static string Meeting(Guid id) => LedgerName.Create("meeting", id);

        public static string Series(Guid id) => LedgerName.Create("series", id);

        public static string Session(Guid id) => LedgerName.Create("session", id);
    }
}
