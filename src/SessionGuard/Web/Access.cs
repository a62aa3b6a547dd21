using SessionGuard.Accounts;

namespace SessionGuard.Web;

/// <summary>Who a request may come from.</summary>
[Flags]
internal enum Callers
{
    None = 0,
    Stranger = 1,
    Teacher = 2,
    Lead = 4,
    Deputy = 8,
    Admin = 16,
    Staff = Teacher | Lead | Deputy | Admin,
    Anyone = Stranger | Staff,
}

/// <summary>
/// Who may call which route. This table is the only place that says so: a route without a row answers nobody, and a test walks
/// every route with every role. Whose rows a caller then sees is the queries' part.
/// </summary>
internal static class Access
{
    /// <summary>By route pattern, without slashes at its ends.</summary>
    public static IReadOnlyDictionary<string, Callers> Routes { get; } = new Dictionary<string, Callers>(StringComparer.OrdinalIgnoreCase)
    {
        [""] = Callers.Staff,
        ["sessions"] = Callers.Staff,
        ["sessions/{id:guid}"] = Callers.Staff,
        ["sessions/{id:guid}/live"] = Callers.Teacher | Callers.Lead | Callers.Deputy,
        ["sessions/{id:guid}/live/changes"] = Callers.Teacher | Callers.Lead | Callers.Deputy,
        ["flags/{id:guid?}"] = Callers.Lead | Callers.Deputy,
        ["jobs"] = Callers.Lead | Callers.Admin,
        ["inbox"] = Callers.Admin,

        // Signing in. A mailed link is opened by a stranger who becomes staff by it.
        ["sign-in"] = Callers.Anyone,
        ["sign-in/{code}"] = Callers.Anyone,
        ["sign-out"] = Callers.Anyone,

        // Families have no account: the code in the address is what they show.
        ["j/{code}"] = Callers.Anyone,

        // There only in the demo, where the whole school is made up.
        ["demo"] = Callers.Anyone,

        // Zoom signs what it sends: the door itself decides.
        ["webhooks/zoom/{organisation}"] = Callers.Anyone,

        ["api/v1/sessions"] = Callers.Staff,
        ["api/v1/sessions/{id:guid}"] = Callers.Staff,
        ["api/v1/inbox/set-aside"] = Callers.Admin,
        ["api/v1/inbox/set-aside/{id:guid}/replay"] = Callers.Admin,
        ["openapi/{documentName}.json"] = Callers.Anyone,

        // Figures and states without a name in them, for the machines that look after the service.
        ["health/live"] = Callers.Anyone,
        ["health/ready"] = Callers.Anyone,
        ["metrics"] = Callers.Anyone,

        // Style sheet and icon in a build that was not published; published, they are known one by one.
        ["{**path:file}"] = Callers.Anyone,
    };

    /// <summary>Null: the table has no row for this route.</summary>
    public static Callers? For(RouteEndpoint route) =>
        Routes.TryGetValue((route.RoutePattern.RawText ?? "").Trim('/'), out var callers) ? callers : null;

    public static Callers CallerOf(Viewer? viewer) => viewer is null ? Callers.Stranger : viewer.Role switch
    {
        Role.Teacher => Callers.Teacher,
        Role.Lead => Callers.Lead,
        Role.Deputy => Callers.Deputy,
        Role.Admin => Callers.Admin,
    };
}
