using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace SessionGuard.Platform.Storage;

/// <summary>Lists in which the newest row comes first, by the id, which grows with time.</summary>
internal static class NewestFirst
{
    /// <param name="after">The last page's <see cref="Page{T}.Next"/>; null: the first page.</param>
    public static async Task<Page<T>> NewestFirstAsync<TRow, T>(
        this IQueryable<TRow> rows, Expression<Func<TRow, T>> shown, Func<T, Guid> idOf, Guid? after, int size, CancellationToken cancellation)
        where TRow : class
    {
        var items = await rows.Where(r => after == null || EF.Property<Guid>(r, "Id").CompareTo(after.Value) < 0)
            .OrderByDescending(r => EF.Property<Guid>(r, "Id")).Take(size + 1).Select(shown).ToListAsync(cancellation);
        return items.ToPage(size, item => idOf(item).ToString());
    }
}
