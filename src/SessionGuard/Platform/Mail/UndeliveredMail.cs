using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Mail;

/// <param name="Purpose">The word of its <see cref="MailPurpose"/>, such as <c>ask</c>.</param>
/// <param name="Why">The server's last word in ours.</param>
internal sealed record Undelivered(Guid Id, string Purpose, string To, DateTimeOffset CreatedAt, int Tries, string Why);

/// <summary>The mails of the scope's organisation that were given up: whom they were for was not told.</summary>
internal sealed class UndeliveredMail(SessionGuardDb db, TimeProvider clock)
{
    /// <summary>An older one's class is over. It also keeps the search short: ids grow with time, and the primary key finds where to begin.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <param name="after">The last page's <see cref="Page{T}.Next"/>; null: the first page.</param>
    public Task<Page<Undelivered>> ListAsync(Guid? after, int size, CancellationToken cancellation)
    {
        var from = Guid.CreateVersion7(clock.Now() - Reach);
        return db.Set<OutboxMessage>().Where(m => m.State == OutboxState.Failed && m.Id.CompareTo(from) > 0).NewestFirstAsync(
            m => new Undelivered(m.Id, m.Purpose, m.To, m.CreatedAt, m.Tries, m.LastError ?? ""), u => u.Id, after, size, cancellation);
    }
}
