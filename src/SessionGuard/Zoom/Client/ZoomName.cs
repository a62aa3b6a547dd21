using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Zoom.Client;

/// <summary>How the ledger names Zoom, as its deliveries and answers tell.</summary>
internal static class ZoomName
{
    extension(LedgerName)
    {
        public static string Zoom => "zoom";
    }
}
