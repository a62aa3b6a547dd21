using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Platform.Mail;

/// <summary>Does mail leave? What was given up is a counter of the job that gave it up.</summary>
internal sealed class MailFigures : IFigureSource
{
    private static readonly Figure Waiting = new("sessionguard.mail.waiting", "Mails that have not left yet.");
    private static readonly Figure OldestAge = new("sessionguard.mail.oldest_age", "Age of the oldest of them; 0 when none waits.", Figure.Seconds);

    public IReadOnlyList<Figure> Figures => [Waiting, OldestAge];

    public async Task<IReadOnlyList<FigureValue>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var waiting = db.Set<OutboxMessage>().IgnoreQueryFilters().Where(m => m.State == OutboxState.Waiting);
        var count = await waiting.CountAsync(cancellation);
        var oldest = await waiting.OrderBy(m => m.CreatedAt).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefaultAsync(cancellation);
        return [Waiting.Is(count), OldestAge.Is(now.SecondsSince(oldest))];
    }
}
