using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>What the ledger tells of asking families.</summary>
internal static class ReminderActions
{
    public static readonly LedgerAction Sent = LedgerAction.Declare("ask.sent", "A family was asked about a class, or a student told of it: the mail is in the outbox.");

    public static readonly LedgerAction ByHand = LedgerAction.Declare("ask.by-hand", "A member of staff had a family reminded.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Sent, ByHand];
}
