using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Classes.Sessions;

/// <summary>The next sessions of classes: what is asked and found about them, and no more.</summary>
internal static class ComingSessions
{
    /// <summary>Nobody is asked, and nothing is judged, earlier before a class; whatever is planned later is planned from the newest facts.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromDays(8);

    /// <summary>Something about these classes changed: who is asked is worked out anew, and the rules are run again.</summary>
    /// <remarks>Takes effect at once, in the transaction under way when there is one.</remarks>
    public static Task ReconsiderAsync(
        this SessionGuardDb db, IReadOnlyCollection<Guid> seriesIds, DateTimeOffset now, CancellationToken cancellation)
    {
        var until = now + Within;
        return db.InTransactionAsync(
            () => db.Set<Session>()
                .Where(s => seriesIds.Contains(s.SeriesId) && s.End > now && s.Start <= until && s.Status != SessionStatus.Cancelled)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.AsksDueAt, now).SetProperty(s => s.JudgeDueAt, now).SetProperty(s => s.Version, s => s.Version + 1),
                    cancellation),
            cancellation);
    }
}
