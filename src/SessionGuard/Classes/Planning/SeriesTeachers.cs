using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.School.Staff;

namespace SessionGuard.Classes.Planning;

/// <summary>Who teaches a class. The caller saves.</summary>
internal sealed class SeriesTeachers(SessionGuardDb db, TimeProvider clock)
{
    /// <summary>Faults for each id that is no open account of the school.</summary>
    public async Task CheckAsync(Guid organisationId, Guid? main, IReadOnlyList<Guid> others, ValidationErrors faults, CancellationToken cancellation)
    {
        var wanted = main is { } id ? [id, .. others] : others.ToList();
        var known = await db.Set<Account>().Where(a => a.OrganisationId == organisationId && a.ClosedAt == null && wanted.Contains(a.Id))
            .Select(a => a.Id).ToListAsync(cancellation);
        if (main is { } teacher && !known.Contains(teacher))
        {
            faults.Add("teacher", "There is no such member of staff.");
        }

        foreach (var (_, index) in others.Select((other, index) => (other, index)).Where(o => !known.Contains(o.other)))
        {
            faults.Add($"coTeachers[{index}]", "There is no such member of staff.");
        }
    }

    /// <param name="others">The co-teachers; whoever is neither among them nor the main teacher no longer teaches the class.</param>
    public async Task SetAsync(ClassSeries series, Guid main, IReadOnlyList<Guid> others, CancellationToken cancellation)
    {
        var rows = await db.Set<SeriesTeacher>().Where(t => t.SeriesId == series.Id).ToListAsync(cancellation);
        var wanted = others.Append(main).Distinct().ToList();
        db.RemoveRange(rows.Where(r => !wanted.Contains(r.AccountId)));
        foreach (var accountId in wanted)
        {
            if (rows.Find(r => r.AccountId == accountId) is { } row)
            {
                row.IsMain = accountId == main;
                continue;
            }

            db.Add(new SeriesTeacher
            {
                Id = Guid.CreateVersion7(clock.Now()),
                OrganisationId = series.OrganisationId,
                SeriesId = series.Id,
                AccountId = accountId,
                IsMain = accountId == main,
            });
        }
    }
}
