using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace SessionGuard.Platform.Mail;

/// <summary>Hands each mail to the configured server on a connection of its own: the framework's client takes one at a time.</summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport
{
    public async Task<Refusal?> SendAsync(MailMessage mail, OutboxMessage message, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.Smtp.Timeout);
        using var client = Client(options.Value.Smtp);
        try
        {
            await client.SendMailAsync(mail, limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Refusal(IsFinal: false, "The mail server did not answer in time.");
        }
        catch (SmtpException refused) when (refused.StatusCode > 0)
        {
            return Read((int)refused.StatusCode);
        }
        catch (Exception failure) when (failure is SmtpException or IOException or SocketException or AuthenticationException)
        {
            return new Refusal(IsFinal: false, options.Value.Smtp.StartTls
                ? "The mail server could not be reached over an encrypted connection, or hung up."
                : "The mail server could not be reached, or hung up.");
        }
    }

    private static SmtpClient Client(SmtpOptions smtp) => new(smtp.Host, smtp.Port)
    {
        // With this on, a server that does not offer STARTTLS is left before anything of the mail is said.
        EnableSsl = smtp.StartTls,
        Credentials = smtp.User.Length > 0 ? new NetworkCredential(smtp.User, smtp.Password) : null,
        Timeout = (int)smtp.Timeout.TotalMilliseconds,
    };

    /// <summary>
    /// RFC 5321, 4.2.1: 4xx is for now, 5xx for good. But 50x, 52x and 53x are about how we speak and sign in, which an admin can mend:
    /// those mails wait instead of being lost to a wrong password.
    /// </summary>
    private static Refusal Read(int code) => code switch
    {
        >= 500 and < 510 or >= 520 and < 540 => new Refusal(IsFinal: false, $"{code}: the mail server does not accept us; its settings need a look."),
        >= 500 => new Refusal(IsFinal: true, $"{code}: the mail server refused it for good."),
        _ => new Refusal(IsFinal: false, $"{code}: the mail server asked us to come back later."),
    };
}
