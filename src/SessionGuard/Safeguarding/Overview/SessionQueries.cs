using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Overview;

/// <param name="From">Sessions that start then or later.</param>
/// <param name="To">Sessions that start before.</param>
/// <param name="NeedsAttention">Only those with a safeguard that is missing or could not be checked.</param>
/// <param name="NewestFirst">For looking back.</param>
internal sealed record SessionFilter(
    DateTimeOffset? From = null, DateTimeOffset? To = null, SessionStatus? Status = null, bool NeedsAttention = false, bool NewestFirst = false);

/// <summary>
/// Sessions as their viewer may see them: a teacher's own, everybody else's whole school. What is not theirs is not there.
/// </summary>
internal sealed class SessionQueries(SessionGuardDb db, Children children, Viewer viewer)
{
    public async Task<Page<SessionView>> ListAsync(SessionFilter filter, SessionCursor? after, int limit, CancellationToken cancellation)
    {
        var rows = await Ordered(After(Filtered(filter), after, filter.NewestFirst), filter.NewestFirst).Take(limit + 1).ToListAsync(cancellation);
        var page = rows.ToPage(limit, r => new SessionCursor(r.Session.Start, r.Session.Id).ToString());
        return page.With(await LoadAsync([.. page.Items], cancellation));
    }

    /// <summary>Null: there is no such session, or not for this viewer.</summary>
    public async Task<SessionView?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var rows = await Visible().Where(r => r.Session.Id == id).ToListAsync(cancellation);
        return (await LoadAsync(rows, cancellation)).SingleOrDefault();
    }

    /// <summary>Whether the viewer teaches it, whatever else they may see.</summary>
    public Task<bool> IsTaughtAsync(Guid id, CancellationToken cancellation) => db.TaughtBy(viewer.AccountId).AnyAsync(s => s.Id == id, cancellation);

    private IQueryable<Row> Visible() =>
        from session in db.SeenBy(viewer).AsNoTracking()
        join meeting in db.Set<Meeting>() on session.MeetingId equals meeting.Id
        join series in db.Set<ClassSeries>() on session.SeriesId equals series.Id
        join host in db.Set<ZoomHost>() on meeting.HostZoomId equals host.ZoomId into hosts
        from host in hosts.DefaultIfEmpty()
        select new Row { Session = session, Meeting = meeting, Series = series, Host = host };

    private IQueryable<Row> Filtered(SessionFilter filter)
    {
        var rows = Visible();
        if (filter.From is { } from)
        {
            rows = rows.Where(r => r.Session.Start >= from);
        }

        if (filter.To is { } to)
        {
            rows = rows.Where(r => r.Session.Start < to);
        }

        if (filter.Status is { } status)
        {
            rows = rows.Where(r => r.Session.Status == status);
        }

        return filter.NeedsAttention
            ? rows.Where(r => r.Session.Status != SessionStatus.Cancelled && db.Set<RuleRecord>().Any(record =>
                record.SessionId == r.Session.Id && (record.Result == RuleResult.NotMet || record.Result == RuleResult.CouldNotCheck)))
            : rows;
    }

    private static IQueryable<Row> After(IQueryable<Row> rows, SessionCursor? cursor, bool newestFirst) => (cursor, newestFirst) switch
    {
        (null, _) => rows,
        ({ } c, false) => rows.Where(r => r.Session.Start > c.Start || (r.Session.Start == c.Start && r.Session.Id > c.Id)),
        ({ } c, true) => rows.Where(r => r.Session.Start < c.Start || (r.Session.Start == c.Start && r.Session.Id < c.Id)),
    };

    private static IQueryable<Row> Ordered(IQueryable<Row> rows, bool newestFirst) => newestFirst
        ? rows.OrderByDescending(r => r.Session.Start).ThenByDescending(r => r.Session.Id)
        : rows.OrderBy(r => r.Session.Start).ThenBy(r => r.Session.Id);

    private async Task<IReadOnlyList<SessionView>> LoadAsync(List<Row> rows, CancellationToken cancellation)
    {
        var sessions = rows.ConvertAll(r => r.Session.Id);
        var meetings = rows.Select(r => r.Meeting.Id).Distinct().ToList();
        var rules = await db.Set<RuleRecord>().AsNoTracking().Where(r => sessions.Contains(r.SessionId)).ToListAsync(cancellation);
        var runs = await db.Set<MeetingInstance>().AsNoTracking()
            .Where(i => i.SessionId != null && sessions.Contains(i.SessionId.Value)).ToListAsync(cancellation);
        var repairs = await db.Set<Repair>().AsNoTracking().Where(r => meetings.Contains(r.MeetingId)).ToListAsync(cancellation);
        // Kept only when something changed, so there are few.
        var snapshots = await db.Set<SettingsSnapshot>().AsNoTracking().Where(s => meetings.Contains(s.MeetingId)).ToListAsync(cancellation);
        var inThem = await children.GetRowsAsync(rows.ConvertAll(r => r.Session), cancellation);
        return rows.ConvertAll(row => new SessionView(row.Session, row.Meeting, row.Series, row.Host)
        {
            Rules = [.. rules.Where(r => r.SessionId == row.Session.Id)],
            Children = [.. inThem[row.Session.Id]],
            Runs = [.. runs.Where(i => i.SessionId == row.Session.Id).OrderBy(i => i.FirstHeardAt)],
            Repairs = [.. repairs.Where(r => r.MeetingId == row.Meeting.Id && r.At <= row.Session.End).OrderBy(r => r.At)],
            Settings = [.. snapshots.Where(s => s.MeetingId == row.Meeting.Id && s.TakenAt <= row.Session.End).OrderBy(s => s.TakenAt)],
        });
    }

    private sealed class Row
    {
        public required Session Session { get; init; }

        public required Meeting Meeting { get; init; }

        public required ClassSeries Series { get; init; }

        public required ZoomHost? Host { get; init; }
    }
}
