using SessionGuard.Platform.Tenancy;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Shell;

namespace SessionGuard.Composition;

/// <summary>
/// Who may call which route. This table is the only place that says so: a route without a row answers nobody, and a test walks
/// every route with every role. Whose rows a caller then sees is the queries' part.
/// </summary>
internal static class Access
{
    /// <summary>By route pattern, without slashes at its ends; where reading and changing differ, with the method before it.</summary>
    public static IReadOnlyDictionary<string, Callers> Routes { get; } = new Dictionary<string, Callers>(StringComparer.OrdinalIgnoreCase)
    {
        [""] = Callers.Staff,
        ["sessions"] = Callers.Staff,
        ["sessions/{id:guid}"] = Callers.Staff,
        ["sessions/{id:guid}/live"] = Callers.Teacher | Callers.Lead | Callers.Deputy,
        ["sessions/{id:guid}/live/changes"] = Callers.Teacher | Callers.Lead | Callers.Deputy,
        ["sessions/{id:guid}/attendance.csv"] = Callers.Lead | Callers.Deputy,
        // The lead's desk.
        ["flags/{id:guid?}"] = Callers.Lead | Callers.Deputy,
        ["jobs"] = Callers.Lead | Callers.Admin,
        ["jobs/hangfire/{**path}"] = Callers.Lead | Callers.Admin,
        ["inbox"] = Callers.Admin,
        ["undelivered"] = Callers.Admin,

        // Signing in. A mailed link is opened by a stranger who becomes staff by it.
        ["sign-in"] = Callers.Anyone,
        ["sign-in/{code}"] = Callers.Anyone,
        ["sign-out"] = Callers.Anyone,

        // Families have no account: the code in the address is what they show.
        ["c/{code}"] = Callers.Anyone,
        ["c/{code}/not-me"] = Callers.Anyone,
        ["j/{code}"] = Callers.Anyone,
        ["u/{code}"] = Callers.Anyone,
        ["not-me"] = Callers.Anyone,

        // Who listens. Nobody has to say who they are to be told.
        ["help-now/{organisation?}"] = Callers.Anyone,
        ["talk/{organisation?}"] = Callers.Anyone,

        // Zoom signs what it sends: the endpoint itself decides.
        ["webhooks/zoom/{organisation}"] = Callers.Anyone,

        ["api/v1/sessions"] = Callers.Staff,
        ["api/v1/sessions/{id:guid}"] = Callers.Staff,
        ["api/v1/flags"] = Callers.Teacher | Callers.Lead | Callers.Deputy,
        ["api/v1/flags/{id:guid}"] = Callers.Teacher | Callers.Lead | Callers.Deputy,
        ["api/v1/flags/{id:guid}/close"] = Callers.Lead | Callers.Deputy,
        ["api/v1/flags/{id:guid}/explain"] = Callers.Teacher | Callers.Lead | Callers.Deputy,
        ["api/v1/inbox/set-aside"] = Callers.Admin,
        ["api/v1/inbox/set-aside/{id:guid}/replay"] = Callers.Admin,
        // Families' names, addresses and dates of birth: those who keep them, and those who must reach somebody.
        ["GET api/v1/people"] = Callers.Admin | Callers.Lead | Callers.Deputy,
        ["POST api/v1/people"] = Callers.Admin,
        ["GET api/v1/people/{id:guid}"] = Callers.Admin | Callers.Lead | Callers.Deputy,
        ["PUT api/v1/people/{id:guid}"] = Callers.Admin,
        ["PUT api/v1/people/{id:guid}/carers/{carer:guid}"] = Callers.Admin,
        ["DELETE api/v1/people/{id:guid}/carers/{carer:guid}"] = Callers.Admin,
        ["GET api/v1/staff"] = Callers.Admin,
        ["POST api/v1/staff"] = Callers.Admin,
        ["GET api/v1/series"] = Callers.Staff,
        ["POST api/v1/series"] = Callers.Admin | Callers.Teacher,
        ["GET api/v1/series/{id:guid}"] = Callers.Staff,
        ["PATCH api/v1/series/{id:guid}"] = Callers.Admin | Callers.Teacher,
        ["GET api/v1/series/{id:guid}/seats"] = Callers.Staff,
        ["POST api/v1/series/{id:guid}/seats"] = Callers.Admin | Callers.Teacher,
        ["DELETE api/v1/seats/{id:guid}"] = Callers.Admin | Callers.Teacher,
        ["POST api/v1/seats/{id:guid}/rotate"] = Callers.Staff,
        ["openapi/{documentName}.json"] = Callers.Anyone,

        // Figures and states without a name in them, for the machines that look after the service.
        ["health/live"] = Callers.Anyone,
        ["health/ready"] = Callers.Anyone,
        ["metrics"] = Callers.Anyone,

        // Style sheet and icon in a build that was not published; published, they are known one by one.
        ["{**path:file}"] = Callers.Anyone,
    };

    /// <summary>The jobs are everybody's: one school's admin must not stop those of the others.</summary>
    public static bool MaySteerJobs(HttpContext context) =>
        Viewer.From(context.User) is { Role: Role.Admin } && context.RequestServices.GetRequiredService<OrganisationDirectory>().All.Count == 1;
}
