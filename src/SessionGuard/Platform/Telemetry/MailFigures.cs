using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Telemetry;

/// <summary>Does mail leave? What was given up is a counter of the job that gave it up.</summary>
internal static class MailFigures
{
    public static async Task<IReadOnlyList<Figure>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var waiting = db.Set<OutboxMessage>().IgnoreQueryFilters().Where(m => m.State == OutboxState.Waiting);
        var count = await waiting.CountAsync(cancellation);
        var oldest = await waiting.OrderBy(m => m.CreatedAt).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefaultAsync(cancellation);
        return
        [
            new("sessionguard_mail_waiting", "Mails that have not left yet.", count),
            new("sessionguard_mail_oldest_age_seconds", "Age of the oldest of them; 0 when none waits.", now.SecondsSince(oldest)),
        ];
    }
}
