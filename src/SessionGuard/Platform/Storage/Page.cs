namespace SessionGuard.Platform.Storage;

/// <summary>A page of a list.</summary>
/// <param name="Next">Passed back to get the page behind this one, to the API as <c>cursor</c>; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>The same page with what is shown of its rows.</summary>
    internal Page<TShown> With<TShown>(IReadOnlyList<TShown> shown) => new(shown, Next);
}

internal static class Paging
{
    /// <param name="rows">One more than the page may have, if there are more.</param>
    /// <param name="cursor">What leads on behind a row.</param>
    public static Page<T> ToPage<T>(this List<T> rows, int size, Func<T, string> cursor) =>
        rows.Count > size ? new Page<T>(rows[..size], cursor(rows[size - 1])) : new Page<T>(rows, null);
}
