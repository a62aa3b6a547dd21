using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Mail;

/// <summary>Where a decision to write to somebody is kept until <see cref="SendMailJob"/> has carried it out.</summary>
internal sealed class Outbox(
    SessionGuardDb db, SecretBox box, TimeProvider clock, IOptions<ServiceOptions> service, IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>
    /// Renders <paramref name="letter"/> as things stand now and adds it to the change set. The caller saves, so the mail exists exactly
    /// when the decision does; then it may wake <see cref="SendMailJob"/>.
    /// </summary>
    /// <returns>False when there is a mail with the same <see cref="Letter.OnceKey"/> already.</returns>
    /// <remarks>Of two passes that queue the same once key at the same moment, one fails to save: its unique index decides.</remarks>
    public async Task<bool> QueueAsync(Letter letter, CancellationToken cancellation)
    {
        if (letter.OnceKey is not null && await IsQueuedAsync(letter, cancellation))
        {
            return false;
        }

        var now = clock.Now();
        var id = letter.MailId ?? Guid.CreateVersion7(now);
        db.Add(new OutboxMessage
        {
            Id = id,
            OrganisationId = letter.OrganisationId,
            Purpose = letter.Purpose.Word,
            OnceKey = letter.OnceKey,
            To = letter.To.Trim(),
            Subject = SingleLine.ToSingleLine(letter.Subject),
            SealedText = box.Seal(LetterText.Write(letter)),
            SealedHtml = box.Seal(await HtmlAsync(letter)),
            SealedCalendar = letter.Calendar is { } entry ? box.Seal(CalendarText.Write(entry, now)) : null,
            SealedStopAddress = letter.StopAddress is { } stop ? box.Seal(stop.AbsoluteUri) : null,
            MessageId = $"<{id:N}@{new Uri(service.Value.PublicUrl).IdnHost}>",
            CreatedAt = now,
            DueAt = now,
            State = OutboxState.Waiting,
        });
        db.Record(new LedgerNote(letter.OrganisationId, now, LedgerName.Service, MailActions.Queued, LedgerName.Mail(id), new { Purpose = letter.Purpose.Word }));
        return true;
    }

    private async Task<bool> IsQueuedAsync(Letter letter, CancellationToken cancellation) =>
        db.Set<OutboxMessage>().Local.Any(m => m.OrganisationId == letter.OrganisationId && m.OnceKey == letter.OnceKey)
        || await db.Set<OutboxMessage>().IgnoreQueryFilters()
            .AnyAsync(m => m.OrganisationId == letter.OrganisationId && m.OnceKey == letter.OnceKey, cancellation);

    private async Task<string> HtmlAsync(Letter letter)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(LetterHtml.Letter)] = letter });
            var html = await renderer.RenderComponentAsync<LetterHtml>(parameters);
            return html.ToHtmlString().ReplaceLineEndings("\r\n");
        });
    }
}
