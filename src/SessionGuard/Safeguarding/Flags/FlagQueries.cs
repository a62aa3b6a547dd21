using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

/// <param name="Statuses">Null: whatever is open.</param>
/// <param name="Teacher">The account of somebody who teaches the class.</param>
internal sealed record FlagFilter(
    IReadOnlyList<FlagStatus>? Statuses = null, Severity? Severity = null, string? Rule = null, Certainty? Certainty = null, Guid? Teacher = null);

/// <summary>A flag with its session and its whole evidence, the earliest first.</summary>
internal sealed record FlagView(Flag Flag, Session Session, string? ClassName, IReadOnlyList<FlagEvidence> Evidence);

/// <summary>
/// Flags as their viewer may see them: a teacher those of their own classes, lead and deputy all, everybody else none. What is not theirs
/// is not there.
/// </summary>
internal sealed class FlagQueries(SessionGuardDb db, Viewer viewer)
{
    /// <summary>The most urgent first, among them the surest, among them the oldest.</summary>
    public async Task<Page<FlagView>> ListAsync(FlagFilter filter, FlagCursor? after, int limit, CancellationToken cancellation)
    {
        var rows = await After(Filtered(filter), after)
            .OrderBy(r => r.Urgency).ThenBy(r => r.Doubt).ThenBy(r => r.Flag.RaisedAt).ThenBy(r => r.Flag.Id).Take(limit + 1).ToListAsync(cancellation);
        var page = rows.ToPage(limit, r => new FlagCursor(r.Urgency, r.Doubt, r.Flag.RaisedAt, r.Flag.Id).ToString());
        return page.With(await LoadAsync([.. page.Items], cancellation));
    }

    /// <summary>Null: there is no such flag, or not for this viewer.</summary>
    public async Task<FlagView?> FindAsync(Guid id, CancellationToken cancellation) =>
        (await LoadAsync(await Visible().Where(r => r.Flag.Id == id).ToListAsync(cancellation), cancellation)).SingleOrDefault();

    /// <summary>Every flag of one session, open or not, the gravest first.</summary>
    public async Task<IReadOnlyList<FlagView>> OfSessionAsync(Guid sessionId, CancellationToken cancellation) => await LoadAsync(
        await Visible().Where(r => r.Session.Id == sessionId).OrderBy(r => r.Urgency).ThenBy(r => r.Flag.RaisedAt).ToListAsync(cancellation), cancellation);

    public Task<int> CountAsync(FlagFilter filter, CancellationToken cancellation) => Filtered(filter).CountAsync(cancellation);

    private IQueryable<Row> Visible()
    {
        var flags = db.Set<Flag>().AsNoTracking();
        var own = db.TaughtBy(viewer.AccountId);
        var seen = viewer.Role switch
        {
            Role.Teacher => flags.Where(f => own.Any(s => s.Id == f.SessionId)),
            Role.Lead or Role.Deputy => flags,
            Role.Admin => flags.Where(f => false),
        };
        // Kept as words, which sort by the alphabet.
        return
            from flag in seen
            join session in db.Set<Session>() on flag.SessionId equals session.Id
            join series in db.Set<ClassSeries>() on session.SeriesId equals series.Id
            select new Row
            {
                Flag = flag,
                Session = session,
                ClassName = series.Name,
                Urgency = flag.Severity == Severity.Critical ? 0 : flag.Severity == Severity.High ? 1 : flag.Severity == Severity.Medium ? 2 : 3,
                Doubt = flag.Certainty == Certainty.Certain ? 0 : flag.Certainty == Certainty.Likely ? 1 : 2,
            };
    }

    private IQueryable<Row> Filtered(FlagFilter filter)
    {
        var statuses = filter.Statuses ?? Flag.Undecided;
        var rows = Visible().Where(r => statuses.Contains(r.Flag.Status));
        if (filter.Severity is { } severity)
        {
            rows = rows.Where(r => r.Flag.Severity == severity);
        }

        if (filter.Rule is { } rule)
        {
            rows = rows.Where(r => r.Flag.Rule == rule);
        }

        if (filter.Certainty is { } certainty)
        {
            rows = rows.Where(r => r.Flag.Certainty == certainty);
        }

        if (filter.Teacher is { } teacher)
        {
            var taught = db.TaughtBy(teacher);
            rows = rows.Where(r => taught.Any(s => s.Id == r.Session.Id));
        }

        return rows;
    }

    private static IQueryable<Row> After(IQueryable<Row> rows, FlagCursor? cursor) => cursor is not { } c ? rows : rows.Where(r =>
        r.Urgency > c.Urgency
        || (r.Urgency == c.Urgency && (r.Doubt > c.Doubt
            || (r.Doubt == c.Doubt && (r.Flag.RaisedAt > c.RaisedAt || (r.Flag.RaisedAt == c.RaisedAt && r.Flag.Id > c.Id))))));

    private async Task<IReadOnlyList<FlagView>> LoadAsync(List<Row> rows, CancellationToken cancellation)
    {
        var ids = rows.ConvertAll(r => r.Flag.Id);
        var evidence = ids.Count == 0 ? [] : await db.Set<FlagEvidence>().AsNoTracking().Where(e => ids.Contains(e.FlagId)).ToListAsync(cancellation);
        return rows.ConvertAll(row => new FlagView(
            row.Flag, row.Session, row.ClassName, [.. evidence.Where(e => e.FlagId == row.Flag.Id).OrderBy(e => e.At).ThenBy(e => e.Id)]));
    }

    private sealed class Row
    {
        public required Flag Flag { get; init; }

        public required Session Session { get; init; }

        public required string? ClassName { get; init; }

        public required int Urgency { get; init; }

        public required int Doubt { get; init; }
    }
}
