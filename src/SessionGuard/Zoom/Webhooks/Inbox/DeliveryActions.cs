using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Zoom.Webhooks.Inbox;

/// <summary>What the ledger tells of Zoom's deliveries.</summary>
internal static class DeliveryActions
{
    public static readonly LedgerAction Replayed = LedgerAction.Declare("delivery.replayed", "A delivery that was set aside is applied after all.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Replayed];
}
