using SessionGuard.Platform.Http;

namespace SessionGuard.Surfaces.Class;

internal static class ClassFeature
{
    public static void AddClass(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<LinkUses>();
        builder.Services.AddScoped<AttendanceFile>();
        builder.Services.AddScoped<ClassActs>();
        builder.Services.AddSingleton(new MenuEntry("Classes", "/sessions", "sessions", 300));
    }

    public static void MapClass(this WebApplication app) =>
        app.MapGet("/sessions/{id:guid}/attendance.csv", async Task<IResult> (Guid id, AttendanceFile attendance, CancellationToken cancellation) =>
            await attendance.CreateFileAsync(id, cancellation) is { } file ? file : TypedResults.NotFound()).ExcludeFromDescription();
}
