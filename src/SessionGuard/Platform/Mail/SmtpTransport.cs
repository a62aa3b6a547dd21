using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace SessionGuard.Platform.Mail;

/// <summary>Hands each mail to the configured server, over a connection that stands where there is one.</summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options, SmtpConnections connections) : IMailTransport
{
    public async Task<Refusal?> SendAsync(MimeMessage mail, OutboxMessage message, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.Smtp.Timeout);
        try
        {
            if (connections.TakeIdle() is not { } kept || !await IsSentOverKeptAsync(kept, mail, limit.Token))
            {
                await SendOverAsync(await connections.OpenAsync(limit.Token), mail, limit.Token);
            }

            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SmtpFault.Read(new TimeoutException());
        }
        catch (Exception failure) when (SmtpFault.Read(failure) is { } refusal)
        {
            return refusal;
        }
    }

    /// <returns>False: the server had closed the connection meanwhile and heard nothing of the mail, so it is no failed try.</returns>
    private async Task<bool> IsSentOverKeptAsync(SmtpConnection kept, MimeMessage mail, CancellationToken limit)
    {
        try
        {
            await SendOverAsync(kept, mail, limit);
            return true;
        }
        catch (Exception lost) when (SmtpFault.IsLostLine(lost) && !kept.IsSenderAccepted)
        {
            return false;
        }
    }

    /// <summary>Keeps the connection for the next mail, also after a mail that was refused, unless it broke.</summary>
    private async Task SendOverAsync(SmtpConnection connection, MimeMessage mail, CancellationToken limit)
    {
        var stands = false;
        try
        {
            await connection.SendAsync(mail, limit);
            stands = true;
        }
        catch (SmtpCommandException refused) when (!SmtpFault.IsLostLine(refused))
        {
            stands = connection.IsConnected;
            throw;
        }
        finally
        {
            if (stands)
            {
                connections.Keep(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }
}
