using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Classes.Seats;

/// <summary>What the ledger tells of places in classes.</summary>
internal static class SeatActions
{
    public static readonly LedgerAction Added = LedgerAction.Declare("seat.added", "Somebody was given a place in a class.");

    public static readonly LedgerAction Leaving = LedgerAction.Declare("seat.leaving", "A place was taken back; Zoom does not know it yet.");

    public static readonly LedgerAction Rotated = LedgerAction.Declare("seat.rotated", "A place gets another link, since the one before was passed on.");

    public static readonly LedgerAction Linked = LedgerAction.Declare("seat.linked", "Zoom gave a place a link of its own.");

    public static readonly LedgerAction Refreshed = LedgerAction.Declare("seat.refreshed", "Zoom gave a place's link anew, with the passcode as it is now.");

    public static readonly LedgerAction Shared = LedgerAction.Declare("seat.shared", "A place has no link of its own: its owner comes by the meeting's.");

    public static readonly LedgerAction Left = LedgerAction.Declare("seat.left", "Zoom knows that a place was taken back.");

    public static readonly LedgerAction RegistrationOn = LedgerAction.Declare("registration.on", "Registration was switched on for a meeting, so that places get links of their own.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Added, Leaving, Rotated, Linked, Refreshed, Shared, Left, RegistrationOn];
}
