using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Classes.Planning;

/// <summary>What shall change about a class. Null stays as it is.</summary>
internal sealed record SeriesChange(
    string? Name, Guid? TeacherId, IReadOnlyList<Guid>? CoTeacherIds, PresenceMode? PresenceMode, bool? Gate, int? PlannedSize);

/// <summary>Changes what we know of a class. Zoom's topic stays what the teacher wrote there.</summary>
internal sealed class ChangeSeries(SessionGuardDb db, SeriesTeachers teachers, TimeProvider clock)
{
    /// <summary>Saves. False: the faults say what is wrong, and nothing changed.</summary>
    public async Task<bool> HandleAsync(Actor actor, Guid seriesId, SeriesChange change, ValidationErrors faults, CancellationToken cancellation)
    {
        var name = PlainText.Read(change.Name, "name", SeriesDetails.LongestName, faults, required: change.Name is not null);
        SeriesDetails.CheckSize(change.PlannedSize, faults);
        await teachers.CheckAsync(actor.OrganisationId, change.TeacherId, change.CoTeacherIds ?? [], faults, cancellation);
        return faults.None && await db.InTransactionAsync(() => WriteAsync(actor, seriesId, change with { Name = name }, faults, cancellation), cancellation);
    }

    private async Task<bool> WriteAsync(Actor actor, Guid seriesId, SeriesChange change, ValidationErrors faults, CancellationToken cancellation)
    {
        var now = clock.Now();
        var series = await db.Set<ClassSeries>().SingleAsync(s => s.Id == seriesId && s.OrganisationId == actor.OrganisationId, cancellation);
        if (!await TeachersAsync(series, change, faults, cancellation))
        {
            return false;
        }

        series.Name = change.Name ?? series.Name;
        series.PresenceMode = change.PresenceMode ?? series.PresenceMode;
        series.Gate = change.Gate ?? series.Gate;
        series.PlannedSize = change.PlannedSize ?? series.PlannedSize;
        db.Record(new LedgerNote(actor.OrganisationId, now, actor.Name, PlanningActions.Changed, LedgerName.Series(series.Id), new
        {
            PresenceMode = series.PresenceMode.ToString(),
            series.Gate,
            series.PlannedSize,
            Teacher = change.TeacherId,
            CoTeachers = change.CoTeacherIds,
        }));
        await db.ReconsiderAsync([series.Id], now, cancellation);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private async Task<bool> TeachersAsync(ClassSeries series, SeriesChange change, ValidationErrors faults, CancellationToken cancellation)
    {
        if (change is { TeacherId: null, CoTeacherIds: null })
        {
            return true;
        }

        var rows = await db.Set<SeriesTeacher>().AsNoTracking().Where(t => t.SeriesId == series.Id).ToListAsync(cancellation);
        if ((change.TeacherId ?? rows.Find(t => t.IsMain)?.AccountId) is not { } main)
        {
            faults.Add("teacher", "Say who teaches the class before you name co-teachers.");
            return false;
        }

        await teachers.SetAsync(series, main, change.CoTeacherIds ?? [.. rows.Where(t => !t.IsMain).Select(t => t.AccountId)], cancellation);
        return true;
    }
}
