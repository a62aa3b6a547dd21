using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Classes.Sessions;

/// <summary>What the ledger tells of classes and their meetings.</summary>
internal static class SessionActions
{
    public static readonly LedgerAction MeetingAdopted = LedgerAction.Declare("meeting.adopted", "A meeting of Zoom's that nobody had announced became known.");

    public static readonly LedgerAction Found = LedgerAction.Declare("session.found", "A class became known.");

    public static readonly LedgerAction Moved = LedgerAction.Declare("session.moved", "A class has another time or another teacher.");

    public static readonly LedgerAction Scheduled = LedgerAction.Declare("session.scheduled", "A class lies ahead again.");

    public static readonly LedgerAction Live = LedgerAction.Declare("session.live", "A class has begun.");

    public static readonly LedgerAction Ended = LedgerAction.Declare("session.ended", "A class is over.");

    public static readonly LedgerAction Cancelled = LedgerAction.Declare("session.cancelled", "A class was called off.");

    public static readonly LedgerAction Unverified = LedgerAction.Declare("session.unverified", "A class is over, and its evidence has a hole.");

    public static IReadOnlyList<LedgerAction> All { get; } = [MeetingAdopted, Found, Moved, Scheduled, Live, Ended, Cancelled, Unverified];

    public static LedgerAction TurnedTo(SessionStatus status) => status switch
    {
        SessionStatus.Scheduled => Scheduled,
        SessionStatus.Live => Live,
        SessionStatus.Ended => Ended,
        SessionStatus.Cancelled => Cancelled,
        SessionStatus.Unverified => Unverified,
    };
}
