using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace SessionGuard.Platform.Mail;

/// <summary>One open line to the mail server, which takes one mail at a time.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private SmtpConnection(TimeSpan timeout)
    {
        Timeout = (int)timeout.TotalMilliseconds;
        // A revocation list comes from a third party: where it cannot be had, an urgent mail would not leave. Other calls of ours do not ask either.
        CheckCertificateRevocation = false;
    }

    /// <summary>Since when nobody uses it.</summary>
    public DateTimeOffset IdleSince { get; set; }

    /// <summary>Whether the server answered well to the first line of the mail at hand. Until it has, nothing of the mail itself was said.</summary>
    public bool IsSenderAccepted { get; private set; }

    /// <summary>A connection that is encrypted and signed in, as far as <paramref name="smtp"/> asks for it.</summary>
    public static async Task<SmtpConnection> OpenAsync(SmtpOptions smtp, CancellationToken cancellation)
    {
        var connection = new SmtpConnection(smtp.Timeout);
        try
        {
            await connection.ConnectAsync(smtp.Host, smtp.Port, smtp.Encryption, cancellation);
            if (smtp.User.Length > 0)
            {
                await connection.SignInAsync(new NetworkCredential(smtp.User, smtp.Password), cancellation);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Hands over a mail to the one that it is for.</summary>
    public Task SendAsync(MimeMessage mail, CancellationToken cancellation)
    {
        IsSenderAccepted = false;
        return SendAsync(mail, mail.From.Mailboxes.Single(), [mail.To.Mailboxes.Single()], cancellation);
    }

    /// <summary>Takes leave of the server, which need not answer.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException || SmtpFault.IsLostLine(gone))
        {
            // It is closed either way.
        }
        finally
        {
            Dispose();
        }
    }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => IsSenderAccepted = true;

    private async Task SignInAsync(NetworkCredential credentials, CancellationToken cancellation)
    {
        try
        {
            await AuthenticateAsync(credentials, cancellation);
        }
        catch (NotSupportedException missing)
        {
            throw new AuthenticationException("The server offers no way to sign in that is known here.", missing);
        }
    }
}
