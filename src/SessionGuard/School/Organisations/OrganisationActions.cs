using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.Organisations;

/// <summary>What the ledger tells of a school's connection to Zoom.</summary>
internal static class OrganisationActions
{
    public static readonly LedgerAction WebhookSecretRotated = LedgerAction.Declare("webhook-secret.rotated", "A new secret token of Zoom's is good beside the one before.");

    public static readonly LedgerAction WebhookSecretFinished = LedgerAction.Declare("webhook-secret.finished", "Only the newest secret token of Zoom's is good.");

    public static IReadOnlyList<LedgerAction> All { get; } = [WebhookSecretRotated, WebhookSecretFinished];
}
