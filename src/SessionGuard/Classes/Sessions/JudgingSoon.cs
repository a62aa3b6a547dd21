using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Classes.Sessions;

/// <summary>Has sessions judged anew, because something was heard of them.</summary>
internal static class JudgingSoon
{
    /// <summary>A session of longer ago keeps the results it has: some of its evidence may be deleted already, and would look as if it had never been.</summary>
    public static readonly TimeSpan LongestAfter = TimeSpan.FromDays(60);

    /// <summary>The caller saves.</summary>
    /// <remarks>
    /// Written even where the value looks unchanged: a pass that claimed the session meanwhile has put its own value there, and must find
    /// that it was overwritten.
    /// </remarks>
    public static void JudgeSoon(this SessionGuardDb db, Session session, DateTimeOffset at)
    {
        if (session.End < at - LongestAfter)
        {
            return;
        }

        session.JudgeDueAt = at;
        var entry = db.Entry(session);
        if (entry.State is EntityState.Unchanged or EntityState.Modified)
        {
            entry.Property(s => s.JudgeDueAt).IsModified = true;
        }
    }

    /// <summary>The same for rows that are not loaded; it takes effect at once, or with the transaction under way.</summary>
    public static Task<int> JudgeSoonAsync(this SessionGuardDb db, IReadOnlyCollection<Guid> sessionIds, DateTimeOffset at, CancellationToken cancellation)
    {
        var oldest = at - LongestAfter;
        return db.InTransactionAsync(
            () => db.Set<Session>().Where(s => sessionIds.Contains(s.Id) && s.End >= oldest)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.JudgeDueAt, at), cancellation),
            cancellation);
    }
}
