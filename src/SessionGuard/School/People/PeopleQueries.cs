using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.School.People;

/// <summary>A person with those they are tied to: a child with its carers, a carer with their children.</summary>
internal sealed record PersonView(Person Person, IReadOnlyList<Carership> Ties);

/// <summary>The people of the scope's school.</summary>
internal sealed class PeopleQueries(SessionGuardDb db)
{
    /// <summary>In the order in which they were entered.</summary>
    public async Task<Page<PersonView>> ListAsync(PersonKind? kind, Guid? after, int limit, CancellationToken cancellation)
    {
        var people = await db.Set<Person>().AsNoTracking()
            .Where(p => (kind == null || p.Kind == kind) && (after == null || p.Id.CompareTo(after.Value) > 0))
            .OrderBy(p => p.Id).Take(limit + 1).ToListAsync(cancellation);
        var page = people.ToPage(limit, p => p.Id.ToString());
        return page.With(await WithTiesAsync([.. page.Items], cancellation));
    }

    public async Task<PersonView?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var people = await db.Set<Person>().AsNoTracking().Where(p => p.Id == id).ToListAsync(cancellation);
        return (await WithTiesAsync(people, cancellation)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<PersonView>> WithTiesAsync(List<Person> people, CancellationToken cancellation)
    {
        var ids = people.ConvertAll(p => p.Id);
        var ties = await db.Set<Carership>().AsNoTracking().Where(t => ids.Contains(t.ChildId) || ids.Contains(t.CarerId)).ToListAsync(cancellation);
        return people.ConvertAll(p => new PersonView(
            p, [.. ties.Where(t => t.ChildId == p.Id || t.CarerId == p.Id).OrderByDescending(t => t.IsPrimary).ThenBy(t => t.Id)]));
    }
}
