using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Shell;

/// <summary>One entry of the main navigation.</summary>
/// <param name="Route">The page's row in the <see cref="AccessTable"/>.</param>
internal sealed record Way(string Name, string Address, string Route)
{
    /// <summary>What <c>aria-current</c> says on <paramref name="path"/>; null leaves the attribute out.</summary>
    public string? Marks(PathString path) =>
        path == Address ? "page" : Address != "/" && path.StartsWithSegments(Address, StringComparison.Ordinal) ? "true" : null;
}

internal sealed class Navigation(AccessTable table)
{
    private static readonly Way[] All =
    [
        new("Today", "/", ""), new("Flags", "/flags", "flags/{id:guid?}"), new("Classes", "/sessions", "sessions"), new("Jobs", "/jobs", "jobs"),
        new("Set aside", "/inbox", "inbox"), new("Undelivered", "/undelivered", "undelivered"),
    ];

    /// <summary>The pages that <paramref name="role"/> may open. Only teachers have a home of their own.</summary>
    public IEnumerable<Way> For(Role role) =>
        All.Where(way => table.Allows(way.Route, new Viewer(default, default, role)))
            .Where(way => way.Address != "/" || role is Role.Teacher);
}
