using SessionGuard.Zoom.Client;
using SessionGuard.Zoom.Webhooks;

namespace SessionGuard.Zoom;

/// <summary>Zoom's two ends: signed deliveries in, a typed API client out. Nothing else knows Zoom's JSON.</summary>
internal static class ZoomArea
{
    public static void AddZoom(this WebApplicationBuilder builder)
    {
        builder.AddWebhooks();
        builder.AddZoomClient();
    }

    public static void MapZoom(this WebApplication app) => app.MapWebhooks();
}
