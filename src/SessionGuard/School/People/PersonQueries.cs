using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.School.People;

/// <summary>Finds people by what is sealed.</summary>
internal static class PersonQueries
{
    public static IQueryable<Person> PeopleAt(this SessionGuardDb db, string email)
    {
        var indexes = db.ComputeIndexes(BlindIndex.MailAddress, email);
        return db.Set<Person>().Where(p => p.EmailIndex != null && indexes.Contains(p.EmailIndex));
    }

    /// <summary>In each school at most one.</summary>
    public static IQueryable<Person> PeopleOfReference(this SessionGuardDb db, string reference)
    {
        var indexes = db.ComputeIndexes(BlindIndex.Reference, reference);
        return db.Set<Person>().Where(p => p.ReferenceIndex != null && indexes.Contains(p.ReferenceIndex));
    }
}
