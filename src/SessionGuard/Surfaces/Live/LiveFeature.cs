using SessionGuard.Safeguarding.Overview;

namespace SessionGuard.Surfaces.Live;

internal static class LiveFeature
{
    public static void AddLive(this WebApplicationBuilder builder) => builder.Services.AddSingleton<LiveChanges>();

    public static void MapLive(this WebApplication app) =>
        app.MapGet("/sessions/{id:guid}/live/changes", async Task<IResult> (Guid id, SessionQueries sessions, LiveChanges changes, CancellationToken cancellation) =>
            await sessions.FindAsync(id, cancellation) is null
                ? TypedResults.NotFound()
                : TypedResults.ServerSentEvents(changes.WatchAsync(id, cancellation))).ExcludeFromDescription();
}
