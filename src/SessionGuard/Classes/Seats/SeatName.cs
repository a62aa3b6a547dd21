using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Classes.Seats;

/// <summary>How the ledger names somebody's place in a class.</summary>
internal static class SeatName
{
    extension(LedgerName)
    {
        public static string Seat(Guid id) => LedgerName.Create("seat", id);
    }
}
