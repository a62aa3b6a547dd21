using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Classes.Planning;

/// <param name="Meetings">The nearest next date first; the one of a class is usually the only one.</param>
internal sealed record SeriesView(ClassSeries Series, IReadOnlyList<SeriesTeacher> Teachers, IReadOnlyList<Meeting> Meetings);

/// <summary>Classes as their viewer may see them: a teacher's own, everybody else's whole school. What is not theirs is not there.</summary>
internal sealed class SeriesQueries(SessionGuardDb db, Viewer viewer)
{
    /// <summary>In the order in which they became known.</summary>
    public async Task<Page<SeriesView>> ListAsync(Guid? after, int limit, CancellationToken cancellation)
    {
        var rows = await Visible().Where(s => after == null || s.Id.CompareTo(after.Value) > 0)
            .OrderBy(s => s.Id).Take(limit + 1).ToListAsync(cancellation);
        var page = rows.ToPage(limit, s => s.Id.ToString());
        return page.With(await LoadAsync([.. page.Items], cancellation));
    }

    public async Task<SeriesView?> FindAsync(Guid id, CancellationToken cancellation) =>
        (await LoadAsync(await Visible().Where(s => s.Id == id).ToListAsync(cancellation), cancellation)).SingleOrDefault();

    public Task<bool> ExistsAsync(Guid id, CancellationToken cancellation) => Visible().AnyAsync(s => s.Id == id, cancellation);

    private IQueryable<ClassSeries> Visible()
    {
        var all = db.Set<ClassSeries>().AsNoTracking();
        return viewer.Role is not Role.Teacher ? all : all.Where(s =>
            db.Set<SeriesTeacher>().Any(t => t.SeriesId == s.Id && t.AccountId == viewer.AccountId)
            || db.Set<Meeting>().Any(m => m.SeriesId == s.Id && db.Set<ZoomHost>().Any(h => h.ZoomId == m.HostZoomId && h.AccountId == viewer.AccountId)));
    }

    private async Task<IReadOnlyList<SeriesView>> LoadAsync(List<ClassSeries> rows, CancellationToken cancellation)
    {
        var ids = rows.ConvertAll(s => s.Id);
        var teachers = await db.Set<SeriesTeacher>().AsNoTracking().Where(t => ids.Contains(t.SeriesId)).ToListAsync(cancellation);
        var meetings = await db.Set<Meeting>().AsNoTracking().Where(m => ids.Contains(m.SeriesId)).ToListAsync(cancellation);
        return rows.ConvertAll(series => new SeriesView(
            series,
            [.. teachers.Where(t => t.SeriesId == series.Id).OrderByDescending(t => t.IsMain).ThenBy(t => t.Id)],
            [.. meetings.Where(m => m.SeriesId == series.Id).OrderBy(m => m.NextStart is null).ThenBy(m => m.NextStart).ThenByDescending(m => m.Id)]));
    }
}
