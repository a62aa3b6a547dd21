using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace SessionGuard.Platform.Storage;

/// <summary>One page of a list in which the newest row comes first.</summary>
/// <param name="Next">What to ask for to get the page behind this one; null: there is none.</param>
internal sealed record NewestFirst<T>(IReadOnlyList<T> Items, Guid? Next);

/// <summary>Pages by the id, which grows with time.</summary>
internal static class NewestFirst
{
    /// <param name="after">The last page's <see cref="NewestFirst{T}.Next"/>; null: the first page.</param>
    public static async Task<NewestFirst<T>> NewestFirstAsync<TRow, T>(
        this IQueryable<TRow> rows, Expression<Func<TRow, T>> shown, Func<T, Guid> idOf, Guid? after, int size, CancellationToken cancellation)
        where TRow : class
    {
        var items = await rows.Where(r => after == null || EF.Property<Guid>(r, "Id").CompareTo(after.Value) < 0)
            .OrderByDescending(r => EF.Property<Guid>(r, "Id")).Take(size + 1).Select(shown).ToListAsync(cancellation);
        return items.Count > size ? new NewestFirst<T>(items[..size], idOf(items[size - 1])) : new NewestFirst<T>(items, null);
    }
}
