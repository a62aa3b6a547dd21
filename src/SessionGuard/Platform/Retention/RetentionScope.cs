using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Retention;

/// <summary>What of one school is old enough, and not held.</summary>
/// <param name="Before">The instant before which it must lie.</param>
internal sealed record RetentionScope(SessionGuardDb Db, Guid School, DateTimeOffset Before)
{
    public DateOnly Day => DateOnly.FromDateTime(Before.UtcDateTime);

    public IQueryable<RetentionHold> Holds => Db.Set<RetentionHold>().Where(h => h.OrganisationId == School && h.LiftedAt == null);

    /// <summary>The school's rows; none while the whole school is held.</summary>
    public IQueryable<T> Rows<T>()
        where T : class, IOwned => Db.Set<T>().Where(row => row.OrganisationId == School && !Holds.Any(h => h.SubjectId == null));
}
