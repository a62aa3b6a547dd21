using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace SessionGuard.Platform.Mail;

/// <summary>What it means for a mail when talking to the server failed.</summary>
internal static class SmtpFault
{
    private const string NoSignIn =
        "The mail server does not let us sign in. Mail:Smtp:User and Mail:Smtp:Password need a look; no mail leaves until they are put right.";

    /// <returns>Null: nothing that a mail server or the way to it can do.</returns>
    public static Refusal? Read(Exception failure) => failure switch
    {
        SmtpCommandException refused => ReadReply((int)refused.StatusCode),
        // RFC 4954, 6: 454 is the server's own trouble, 535 is ours.
        AuthenticationException { InnerException: SmtpCommandException { StatusCode: var code } } when (int)code < 500 => ReadReply((int)code),
        AuthenticationException or ServiceNotAuthenticatedException => new(RefusalKind.OurSettings, NoSignIn),
        SslHandshakeException { ServerCertificate: not null } =>
            new(RefusalKind.ForNow, "The mail server's certificate is not trusted here or is for another name; nothing was said to it."),
        SslHandshakeException => new(RefusalKind.ForNow, "The mail server could not be reached over an encrypted connection."),
        NotSupportedException => new(RefusalKind.ForNow, "The mail server does not offer to encrypt (STARTTLS); nothing was said to it."),
        TimeoutException => new(RefusalKind.ForNow, "The mail server did not answer in time."),
        _ => IsLostLine(failure) ? new(RefusalKind.ForNow, "The mail server could not be reached, or hung up.") : null,
    };

    /// <summary>Whether the connection is of no use any more: it broke, or the server said that it is about to close it.</summary>
    public static bool IsLostLine(Exception failure) =>
        failure is SmtpProtocolException or ServiceNotConnectedException or IOException or SocketException
            or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    /// <summary>
    /// RFC 5321, 4.2.1: 4xx is for now, 5xx for good. But 50x, 52x and 53x are about how we speak and sign in, which an admin can mend:
    /// those mails wait instead of being lost to it.
    /// </summary>
    private static Refusal ReadReply(int code) => code switch
    {
        >= 500 and < 510 or >= 520 and < 540 => new(RefusalKind.ForNow, $"{code}: the mail server does not accept us; its settings need a look."),
        >= 500 => new(RefusalKind.ForGood, $"{code}: the mail server refused it for good."),
        _ => new(RefusalKind.ForNow, $"{code}: the mail server asked us to come back later."),
    };
}
