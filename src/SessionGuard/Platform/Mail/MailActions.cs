using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Platform.Mail;

/// <summary>What the ledger tells of mail.</summary>
internal static class MailActions
{
    public static readonly LedgerAction Queued = LedgerAction.Declare("mail.queued", "A mail was decided on and waits to leave.");

    public static readonly LedgerAction Sent = LedgerAction.Declare("mail.sent", "The mail server took a mail.");

    public static readonly LedgerAction Failed = LedgerAction.Declare("mail.failed", "A mail did not arrive and is not tried again.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Queued, Sent, Failed];
}
