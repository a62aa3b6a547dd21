using SessionGuard.Safeguarding.Overview;
using SessionGuard.Surfaces.Live;

namespace SessionGuard.Surfaces.Class;

internal static class TeachingFeature
{
    public static void AddTeaching(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<Children>();
        services.AddScoped<SessionQueries>();
        services.AddScoped<WhoWasThere>();
        services.AddScoped<LinkUses>();
        services.AddScoped<AttendanceFile>();
        services.AddScoped<ClassActs>();
        services.AddSingleton<LiveChanges>();
        services.AddSingleton(new MenuEntry("Today", "/", "", 100));
        services.AddSingleton(new MenuEntry("Classes", "/sessions", "sessions", 300));
    }

    public static void MapTeaching(this WebApplication app)
    {
        app.MapGet("/sessions/{id:guid}/live/changes", async Task<IResult> (Guid id, SessionQueries sessions, LiveChanges changes, CancellationToken cancellation) =>
            await sessions.FindAsync(id, cancellation) is null
                ? TypedResults.NotFound()
                : TypedResults.ServerSentEvents(changes.WatchAsync(id, cancellation))).ExcludeFromDescription();
        app.MapGet("/sessions/{id:guid}/attendance.csv", async Task<IResult> (Guid id, AttendanceFile attendance, CancellationToken cancellation) =>
            await attendance.CreateFileAsync(id, cancellation) is { } file ? file : TypedResults.NotFound()).ExcludeFromDescription();
    }
}
