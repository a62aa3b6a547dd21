using Microsoft.Extensions.Options;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Platform.Http;

/// <summary><c>/metrics</c>: how things stand and what was counted since the start, as Prometheus reads it.</summary>
internal static class MetricsPage
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes
        .MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, configureBranchedPipeline: app => app.Use(AdmitAsync), optionsName: null)
        .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]))
        .ExcludeFromDescription();

    /// <summary>Reads the records before the library collects what they say.</summary>
    private static async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.RequestServices.GetRequiredService<IOptions<MetricsOptions>>().Value.Admits(context.Request.Headers.Authorization))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // In the newer formats a reader may ask for, labels are written in another way and each counter has a second series.
        context.Request.Headers.Accept = default;
        await context.RequestServices.GetRequiredService<ServiceFigures>().RefreshAsync(context.RequestAborted);
        await next(context);
    }
}
