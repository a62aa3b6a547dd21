using System.Net.Mail;

namespace SessionGuard.Platform.Mail;

/// <summary>The way out of the house.</summary>
internal interface IMailTransport
{
    /// <returns>Null once the other side has taken the mail; else why not.</returns>
    Task<Refusal?> SendAsync(MailMessage mail, OutboxMessage message, CancellationToken cancellation);
}

/// <param name="IsFinal">True: it would be refused again. False: worth another try.</param>
/// <param name="Reason">In our words; never an address or anything else that the server said.</param>
internal sealed record Refusal(bool IsFinal, string Reason);
