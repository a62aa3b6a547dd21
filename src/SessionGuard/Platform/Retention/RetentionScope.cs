using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Safeguarding.Flags;

namespace SessionGuard.Platform.Retention;

/// <summary>What of one school is old enough, and not held.</summary>
/// <param name="Before">The instant before which it must lie.</param>
internal sealed record RetentionScope(SessionGuardDb Db, Guid School, DateTimeOffset Before)
{
    public DateOnly Day => DateOnly.FromDateTime(Before.UtcDateTime);

    public IQueryable<RetentionHold> Holds => Db.Set<RetentionHold>().Where(h => h.OrganisationId == School && h.LiftedAt == null);

    /// <summary>Sessions that ended before then. What a hold or a stored flag rests on stays with it, whatever its own age.</summary>
    public IQueryable<Session> Sessions => Rows<Session>().Where(s =>
        s.End < Before && !Db.Set<Flag>().Any(f => f.SessionId == s.Id) && !Holds.Any(h => h.SessionId == s.Id));

    /// <summary>The school's rows; none while the whole school is held.</summary>
    public IQueryable<T> Rows<T>()
        where T : class, IOwned => Db.Set<T>().Where(row => row.OrganisationId == School && !Holds.Any(h => h.SessionId == null));
}
