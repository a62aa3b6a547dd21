using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// How passes share the rows of one table: they take due rows for a while, work on them and give them back. Two passes at once never have the
/// same row. What a pass that died has taken is due again when its lease ends, and a pass that slept past that end keeps nothing of its work.
/// </summary>
/// <remarks>
/// The end of the lease is the claim's name: a row can be claimed again only when its lease is over, so each later claim ends later.
/// </remarks>
/// <param name="lease">The column that says until when somebody has the row; null: nobody has.</param>
internal sealed class LeasedRows<T>(Expression<Func<T, DateTimeOffset?>> lease)
    where T : class, ILeased
{
    private readonly PropertyInfo _lease = GetProperty(lease);
    private readonly string? _due;
    private readonly string? _tries;

    /// <summary>Which rows a pass has anything to do with; without it, those that are due at some time.</summary>
    public Expression<Func<T, bool>>? Waiting { get; init; }

    /// <summary>The column that says from when on a row may be claimed; without it, as long as it waits.</summary>
    public Expression<Func<T, DateTimeOffset?>> Due
    {
        init => _due = GetProperty(value).Name;
    }

    /// <summary>
    /// A claim writes its own end into the due time as well. News of the row overwrites it meanwhile, and the row is found again once it is given back.
    /// </summary>
    public bool MovesDue { get; init; }

    /// <summary>A counter that a claim raises, so that work which ends the process is seen to have been tried.</summary>
    public Expression<Func<T, int>> Tries
    {
        init => _tries = GetProperty(value).Name;
    }

    /// <summary>A claim and what follows from it count as changes of the row: others who have loaded it must read it afresh.</summary>
    public bool RaisesVersion { get; init; }

    /// <summary>Those of <paramref name="rows"/> that are due and in nobody's hands.</summary>
    public IQueryable<T> Claimable(IQueryable<T> rows, DateTimeOffset now)
    {
        var (due, until) = (_due, _lease.Name);
        var free = WhereWaiting(rows).Where(r => EF.Property<DateTimeOffset?>(r, until) == null || EF.Property<DateTimeOffset?>(r, until) <= now);
        return due is null ? free : free.Where(r => EF.Property<DateTimeOffset?>(r, due) <= now);
    }

    /// <summary>Claims the first of <paramref name="rows"/> that are due and in nobody's hands, of every organisation.</summary>
    /// <param name="rows">What else must be so, and in which order they are taken.</param>
    /// <returns>As they were written by the claim, in no order.</returns>
    public Task<List<T>> ClaimAsync(
        SessionGuardDb db, IOrderedQueryable<T> rows, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation)
    {
        var chosen = Claimable(rows, now).IgnoreQueryFilters().Take(most).Select(r => r.Id);
        var claim = ClaimStatement.Create<T>(
            db, chosen, now + lease, MovesDue ? [_lease.Name, _due!] : [_lease.Name],
            [.. new[] { _tries, RaisesVersion ? nameof(IVersioned.Version) : null }.OfType<string>()]);
        return db.InTransactionAsync(() => claim.ToListAsync(cancellation), cancellation);
    }

    /// <summary>Claims this one.</summary>
    /// <returns>Null: another pass has it, or there is nothing to do any more.</returns>
    public async Task<T?> ClaimAsync(SessionGuardDb db, Guid id, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation) =>
        (await ClaimAsync(db, db.Set<T>().Where(r => r.Id == id).OrderBy(r => r.Id), 1, now, lease, cancellation)).SingleOrDefault();

    /// <summary>The row while its claim stands: none when another pass has taken it over, or it waits no more.</summary>
    public IQueryable<T> Held(SessionGuardDb db, T claimed) => Held(db, GetLease(claimed)).Where(r => r.Id == claimed.Id);

    /// <summary>The same for rows of one claim.</summary>
    public IQueryable<T> Held(SessionGuardDb db, IReadOnlyCollection<T> claimed)
    {
        var ids = claimed.Select(r => r.Id).ToList();
        return Held(db, GetLease(claimed.First())).Where(r => ids.Contains(r.Id));
    }

    /// <summary>Gives rows back, and writes into them.</summary>
    /// <param name="held">What <see cref="Held(SessionGuardDb, T)"/> says, and whatever else must still be so.</param>
    /// <returns>How many those were.</returns>
    public Task<int> ReleaseAsync(IQueryable<T> held, Action<UpdateSettersBuilder<T>> write, CancellationToken cancellation) =>
        held.ExecuteUpdateAsync(
            set =>
            {
                write(set.SetProperty(lease, (DateTimeOffset?)null));
                if (RaisesVersion)
                {
                    set.SetProperty(r => EF.Property<long>(r, nameof(IVersioned.Version)), r => EF.Property<long>(r, nameof(IVersioned.Version)) + 1);
                }
            },
            cancellation);

    /// <summary>Gives rows back as they are, so that another pass need not wait for the lease to end.</summary>
    public Task<int> ReleaseAsync(IQueryable<T> held, CancellationToken cancellation) => ReleaseAsync(held, _ => { }, cancellation);

    /// <summary>Gives back all of <paramref name="claimed"/>. Called in the transaction that saves what was found, which goes with it.</summary>
    /// <exception cref="LeaseLostException">Another pass has taken some of them over meanwhile.</exception>
    public async Task KeepAsync(
        SessionGuardDb db, IReadOnlyCollection<T> claimed, Action<UpdateSettersBuilder<T>> write, CancellationToken cancellation)
    {
        foreach (var together in claimed.GroupBy(GetLease))
        {
            if (await ReleaseAsync(Held(db, [.. together]), write, cancellation) != together.Count())
            {
                throw new LeaseLostException();
            }
        }
    }

    /// <summary>The same, with the time at which they are due again. Where news of a row has overwritten it meanwhile, that stays.</summary>
    /// <param name="next">Null: never by itself.</param>
    /// <inheritdoc cref="KeepAsync"/>
    public async Task KeepAsync(SessionGuardDb db, IReadOnlyCollection<T> claimed, DateTimeOffset? next, CancellationToken cancellation)
    {
        var (due, until) = (_due!, _lease.Name);
        await KeepAsync(
            db, claimed, set => set.SetProperty(r => EF.Property<DateTimeOffset?>(r, due), MovesDue
                ? r => EF.Property<DateTimeOffset?>(r, due) == EF.Property<DateTimeOffset?>(r, until) ? next : EF.Property<DateTimeOffset?>(r, due)
                : r => next),
            cancellation);
    }

    /// <summary>Until when rows are held, of the organisations that <paramref name="db"/> sees; also ends that have passed.</summary>
    public IQueryable<DateTimeOffset?> Leases(SessionGuardDb db)
    {
        var (due, until) = (_due, _lease.Name);
        var waiting = Waiting is null ? db.Set<T>().Where(r => EF.Property<DateTimeOffset?>(r, due!) != null) : WhereWaiting(db.Set<T>());
        return waiting.Select(r => EF.Property<DateTimeOffset?>(r, until));
    }

    private IQueryable<T> WhereWaiting(IQueryable<T> rows) => Waiting is null ? rows : rows.Where(Waiting);

    private IQueryable<T> Held(SessionGuardDb db, DateTimeOffset? end)
    {
        var until = _lease.Name;
        return WhereWaiting(db.Set<T>()).Where(r => EF.Property<DateTimeOffset?>(r, until) == end);
    }

    private DateTimeOffset? GetLease(T row) => (DateTimeOffset?)_lease.GetValue(row);

    private static PropertyInfo GetProperty(LambdaExpression column) =>
        (PropertyInfo)((MemberExpression)(column.Body is UnaryExpression widened ? widened.Operand : column.Body)).Member;
}
