using SessionGuard.Platform.Jobs;
using SessionGuard.Surfaces.Api;
using SessionGuard.Surfaces.Class;
using SessionGuard.Surfaces.Live;
using SessionGuard.Surfaces.Operations;
using SessionGuard.Surfaces.Seeding;
using SessionGuard.Surfaces.Shell;
using SessionGuard.Surfaces.Today;

namespace SessionGuard.Surfaces;

/// <summary>Pages, API and verbs that compose several features, and the shell around all pages.</summary>
internal static class SurfacesArea
{
    /// <param name="access">Who may call which route.</param>
    public static void AddSurfaces(this WebApplicationBuilder builder, IReadOnlyDictionary<string, Callers> access)
    {
        builder.Services.AddSingleton(new AccessRows(access));
        builder.AddWeb();         // pages, error answers, health, metrics, signing in
        builder.AddToday();       // a teacher's first page
        builder.AddClass();       // one class and all there is to do about it
        builder.AddLive();        // a class while it is on
        builder.AddOperations();  // how the service itself is doing
        builder.AddApi();         // JSON for machines, bearer tokens
        builder.AddSeeding();     // a school's people and classes from a file
    }

    /// <param name="maySteerJobs">Who may start, stop and remove what is in the jobs' engine.</param>
    public static void MapSurfaces(this WebApplication app, Func<HttpContext, bool> maySteerJobs)
    {
        app.UseWeb();
        app.MapClass();
        app.MapLive();
        app.MapJobs(maySteerJobs);
        app.MapApi();
    }
}
