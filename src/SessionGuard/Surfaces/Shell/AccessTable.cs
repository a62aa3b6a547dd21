using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Shell;

/// <summary>Rows of the access table: who may call a route, by its pattern without slashes at its ends.</summary>
/// <remarks>Where reading and changing differ, the method stands before the pattern.</remarks>
internal sealed record AccessRows(IReadOnlyDictionary<string, Callers> Routes);

/// <summary>Who may call which route. A route without a row answers nobody.</summary>
internal sealed class AccessTable(IEnumerable<AccessRows> rows)
{
    private readonly Dictionary<string, Callers> _routes = rows.SelectMany(r => r.Routes).ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: no row has this pattern.</summary>
    public Callers? Find(string pattern) => _routes.TryGetValue(pattern, out var callers) ? callers : null;

    /// <summary>Null: the table has no row for this route.</summary>
    public Callers? Find(RouteEndpoint route) => Find($"{GetMethod(route)} {GetPattern(route)}") ?? Find(GetPattern(route));

    /// <summary>True when the row of <paramref name="pattern"/> lets <paramref name="viewer"/> in.</summary>
    public bool Allows(string pattern, Viewer? viewer) => Find(pattern) is { } callers && callers.HasFlag(GetCaller(viewer));

    public bool Allows(RouteEndpoint route, Viewer? viewer) => Find(route) is { } callers && callers.HasFlag(GetCaller(viewer));

    private static Callers GetCaller(Viewer? viewer) => viewer is null ? Callers.Stranger : viewer.Role switch
    {
        Role.Teacher => Callers.Teacher,
        Role.Lead => Callers.Lead,
        Role.Deputy => Callers.Deputy,
        Role.Admin => Callers.Admin,
    };

    private static string GetPattern(RouteEndpoint route) => (route.RoutePattern.RawText ?? "").Trim('/');

    private static string? GetMethod(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var method] ? method : null;
}
