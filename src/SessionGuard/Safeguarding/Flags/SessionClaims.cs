using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Takes due sessions for one pass, the longest due first, and gives them back.</summary>
internal sealed class SessionClaims(SessionGuardDb db)
{
    /// <summary>Many times as long as a batch takes. A pass that died leaves its sessions due again after it; a class may be on meanwhile.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <returns>As they were at the moment of the claim, with <see cref="Session.JudgeLeasedUntil"/> set; no other pass has them.</returns>
    public Task<List<Session>> TakeAsync(int most, DateTimeOffset now, CancellationToken cancellation) =>
        Session.ToJudge.ClaimAsync(db, db.Set<Session>().OrderBy(s => s.JudgeDueAt), most, now, Lease, cancellation);

    /// <summary>In the transaction that saves what was found.</summary>
    /// <param name="next">When each is due again; null: never by itself.</param>
    /// <exception cref="LeaseLostException">Another pass has taken some of them over meanwhile.</exception>
    public async Task GiveBackAsync(IEnumerable<(Session Session, DateTimeOffset? Next)> next, CancellationToken cancellation)
    {
        foreach (var group in next.GroupBy(n => n.Next, n => n.Session))
        {
            await Session.ToJudge.KeepAsync(db, [.. group], group.Key, cancellation);
        }
    }
}
