using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.Organisations;

/// <summary>What the ledger tells of a school itself: its connection to Zoom, and whom the configuration appoints.</summary>
internal static class OrganisationActions
{
    public static readonly LedgerAction WebhookSecretRotated = LedgerAction.Declare("webhook-secret.rotated", "A new secret token of Zoom's is good beside the one before.");

    public static readonly LedgerAction WebhookSecretFinished = LedgerAction.Declare("webhook-secret.finished", "Only the newest secret token of Zoom's is good.");

    public static readonly LedgerAction ZoomConnected = LedgerAction.Declare("zoom.connected", "The configuration connected the school to its Zoom account.");

    public static readonly LedgerAction ZoomChanged = LedgerAction.Declare("zoom.changed", "The configuration changed the school's Zoom account, app or secrets.");

    public static readonly LedgerAction LeadAppointed = LedgerAction.Declare("lead.appointed", "The configuration named another safeguarding lead.");

    public static readonly LedgerAction LeadChanged = LedgerAction.Declare("lead.changed", "The configuration changed the safeguarding lead's name or telephone number.");

    public static IReadOnlyList<LedgerAction> All { get; } =
        [WebhookSecretRotated, WebhookSecretFinished, ZoomConnected, ZoomChanged, LeadAppointed, LeadChanged];
}
