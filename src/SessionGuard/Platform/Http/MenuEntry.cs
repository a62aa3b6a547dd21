namespace SessionGuard.Platform.Http;

/// <summary>One entry of the main navigation, declared by the feature whose page it opens.</summary>
/// <param name="Route">The page's row in the table of who may call what: whoever may open the page sees the entry.</param>
/// <param name="Order">Where it stands among the others; the smallest is first.</param>
internal sealed record MenuEntry(string Name, string Address, string Route, int Order)
{
    /// <summary>What <c>aria-current</c> says on <paramref name="path"/>; null leaves the attribute out.</summary>
    public string? MarkOn(PathString path) => path == Address ? "page" : Leads(path) ? "true" : null;

    /// <summary>True for a page below this one, such as one class below the list of them.</summary>
    public bool Leads(PathString path) => Address != "/" && path.StartsWithSegments(Address, StringComparison.Ordinal);
}
