using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Safeguarding.Families;

/// <summary>What the ledger tells of what families did.</summary>
internal static class FamilyActions
{
    public static readonly LedgerAction CheckInGiven = LedgerAction.Declare("check-in.given", "Somebody said that they are with a child now.");

    public static readonly LedgerAction WentOn = LedgerAction.Declare("join.pressed", "Somebody went on to Zoom and said of nobody that an adult is there.");

    public static readonly LedgerAction LinkCancelled = LedgerAction.Declare("link.cancelled", "A family's link opens nothing any more.");

    public static readonly LedgerAction AddressDisowned = LedgerAction.Declare("address.disowned", "A reader of the mail said that it is not for them: no more goes to that address.");

    public static readonly LedgerAction RemindersStopped = LedgerAction.Declare("reminders.stopped", "A reader wants no more reminders.");

    public static readonly LedgerAction RemindersStarted = LedgerAction.Declare("reminders.started", "A reader wants reminders again.");

    public static IReadOnlyList<LedgerAction> All { get; } = [CheckInGiven, WentOn, LinkCancelled, AddressDisowned, RemindersStopped, RemindersStarted];
}
