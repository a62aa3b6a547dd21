using MimeKit;

namespace SessionGuard.Platform.Mail;

/// <summary>The way out of the house.</summary>
internal interface IMailTransport
{
    /// <returns>Null once the other side has taken the mail; else why not.</returns>
    Task<Refusal?> SendAsync(MimeMessage mail, OutboxMessage message, CancellationToken cancellation);
}

internal enum RefusalKind
{
    /// <summary>It would be refused again.</summary>
    ForGood,

    /// <summary>Worth another try.</summary>
    ForNow,

    /// <summary>No mail leaves until an admin puts our own settings right. It is no try of this mail.</summary>
    OurSettings,
}

/// <param name="Reason">In our words; never an address or anything else that the server said.</param>
internal sealed record Refusal(RefusalKind Kind, string Reason);
