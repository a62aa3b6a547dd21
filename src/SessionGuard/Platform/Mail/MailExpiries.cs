using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Retention;

namespace SessionGuard.Platform.Mail;

internal sealed class MailRetentionOptions
{
    /// <summary>Address and text of mails that left or failed. The row stays, and says only what it was for. 1 day to 100 years; default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", KeepFor.AtMost)]
    public TimeSpan MailTexts { get; init; } = TimeSpan.FromDays(30);
}

internal sealed class MailExpiries(IOptions<MailRetentionOptions> keep) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } =
        [new Expiry<OutboxMessage>("mail texts", ExpiryStage.Passing, 200, keep.Value.MailTexts, MailTexts, EmptyAsync)];

    private static IQueryable<OutboxMessage> MailTexts(RetentionScope shelf) => shelf.Rows<OutboxMessage>().Where(m =>
        m.State != OutboxState.Waiting && m.SealedText != null && (m.SentAt < shelf.Before || (m.SentAt == null && m.CreatedAt < shelf.Before)));

    /// <summary>The row itself stays: it is what keeps the same mail from being written again.</summary>
    private static Task<int> EmptyAsync(IQueryable<OutboxMessage> mails, CancellationToken cancellation) => mails.ExecuteUpdateAsync(
        set => set.SetProperty(m => m.To, "").SetProperty(m => m.Subject, "").SetProperty(m => m.SealedText, (string?)null).SetProperty(m => m.SealedHtml, (string?)null)
            .SetProperty(m => m.SealedCalendar, (string?)null).SetProperty(m => m.SealedStopAddress, (string?)null),
        cancellation);
}
