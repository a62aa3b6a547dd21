using Microsoft.EntityFrameworkCore;
using SessionGuard.Storage;

namespace SessionGuard.Mail;

/// <param name="Purpose">As the letter names it, such as <c>ask</c>.</param>
/// <param name="Why">The server's last word in ours.</param>
internal sealed record Undelivered(Guid Id, string Purpose, string To, DateTimeOffset CreatedAt, int Tries, string Why);

/// <param name="Next">What to ask for to get the page behind this one; null: there is none.</param>
internal sealed record UndeliveredPage(IReadOnlyList<Undelivered> Items, Guid? Next);

/// <summary>The mails of the scope's organisation that were given up: whom they were for was not told.</summary>
internal sealed class UndeliveredMail(SessionGuardDb db, TimeProvider clock)
{
    /// <summary>An older one's class is over. It also keeps the search short: ids grow with time, and the primary key finds where to begin.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <summary>Newest first. <paramref name="after"/> is the last page's <see cref="UndeliveredPage.Next"/>.</summary>
    public async Task<UndeliveredPage> ListAsync(Guid? after, int size, CancellationToken cancellation)
    {
        var from = Guid.CreateVersion7(clock.Now() - Reach);
        var items = await db.Set<OutboxMessage>()
            .Where(m => m.State == OutboxState.Failed && m.Id.CompareTo(from) > 0 && (after == null || m.Id.CompareTo(after.Value) < 0))
            .OrderByDescending(m => m.Id)
            .Take(size + 1)
            .Select(m => new Undelivered(m.Id, m.Purpose, m.To, m.CreatedAt, m.Tries, m.LastError ?? ""))
            .ToListAsync(cancellation);
        return items.Count > size ? new UndeliveredPage(items[..size], items[size - 1].Id) : new UndeliveredPage(items, null);
    }
}
