using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Mail;

/// <summary>
/// Sends what is due, several side by side. A mail leaves at least once: where a connection breaks between the server's taking it and its
/// saying so, it goes again under the same Message-ID, and mail systems show it once.
/// </summary>
internal sealed partial class SendMailJob(
    OutboxQueue queue,
    MailComposer composer,
    IMailTransport transport,
    MailCounts counts,
    IOptions<MailOptions> options,
    SessionGuardDb db,
    TimeProvider clock,
    ILogger<SendMailJob> logger) : ILeasing
{
    /// <summary>Longer than a mail can take, so that no other pass takes one that is still on its way.</summary>
    private TimeSpan Lease => options.Value.Smtp.Timeout + TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var onTheWay = new List<Task>();
        var lastSchool = Guid.Empty;
        try
        {
            while (true)
            {
                var message = onTheWay.Count < options.Value.SideBySide ? await ClaimAsync(lastSchool, cancellation) : null;
                if (message is not null)
                {
                    lastSchool = message.OrganisationId;
                    onTheWay.Add(SendAsync(message, cancellation));
                    continue;
                }

                if (onTheWay.Count == 0)
                {
                    return;
                }

                var done = await Task.WhenAny(onTheWay);
                onTheWay.Remove(done);
                await done;
            }
        }
        finally
        {
            await Task.WhenAll(onTheWay);
        }
    }

    public IQueryable<DateTimeOffset?> Leases => OutboxMessage.ToSend.Leases(db);

    public Task<int> CountAsync(CancellationToken cancellation)
    {
        var now = clock.Now();
        return db.Set<OutboxMessage>().CountAsync(m => m.State == OutboxState.Waiting && m.DueAt <= now, cancellation);
    }

    private Task<OutboxMessage?> ClaimAsync(Guid lastSchool, CancellationToken cancellation) =>
        queue.ClaimAsync(lastSchool, Math.Max(1, options.Value.SideBySide / 4), Lease, cancellation);

    private async Task SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (message.LeasedUntil <= clock.Now())
        {
            return; // this node slept past its lease: another one sends it
        }

        using var span = MailCounts.Begin(message);
        Refusal? refusal;
        try
        {
            refusal = await TrySendAsync(message, cancellation);
        }
        catch (OperationCanceledException)
        {
            await queue.ReleaseAsync(message);
            throw;
        }

        if (refusal is null)
        {
            await queue.SentAsync(message);
            counts.Count(span, MailOutcome.Sent);
            LogSent(message.Purpose, message.Id, message.Tries);
        }
        else if (await queue.RefusedAsync(message, refusal))
        {
            counts.Count(span, MailOutcome.PutOff);
            LogPutOff(message.Purpose, message.Id, message.Tries, refusal.Reason);
        }
        else
        {
            counts.Count(span, MailOutcome.GivenUp);
            LogFailed(message.Purpose, message.Id, message.Tries, refusal.Reason);
        }
    }

    private async Task<Refusal?> TrySendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (Mailbox.Parse(message.To) is not { } to)
        {
            return new Refusal(RefusalKind.ForGood, "The address is not one that mail can be sent to.");
        }

        using var mail = composer.Compose(message, to);
        return await transport.SendAsync(mail, message, cancellation);
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Information, Message = "Sent {Purpose} mail {MessageId} at try {Try}.")]
    private partial void LogSent(string purpose, Guid messageId, int @try);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Warning, Message = "Put off {Purpose} mail {MessageId} after try {Try}: {Reason}")]
    private partial void LogPutOff(string purpose, Guid messageId, int @try, string reason);

    [LoggerMessage(EventId = 1203, Level = LogLevel.Error, Message = "Gave up {Purpose} mail {MessageId} after try {Try}: {Reason}")]
    private partial void LogFailed(string purpose, Guid messageId, int @try, string reason);
}
