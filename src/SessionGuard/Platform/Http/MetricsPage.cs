using System.Text;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Platform.Http;

/// <summary><c>/metrics</c>: how things stand, then what was counted since the start.</summary>
internal static class MetricsPage
{
    public static async Task<IResult> ReadAsync(
        HttpRequest request, Metrics metrics, ServiceFigures figures, IOptions<MetricsOptions> options, CancellationToken cancellation)
    {
        if (!options.Value.Admits(request.Headers.Authorization))
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var text = new StringBuilder();
        foreach (var figure in await figures.ReadAsync(cancellation))
        {
            PrometheusText.Write(text, figure);
        }

        foreach (var instrument in metrics.ByName())
        {
            PrometheusText.Write(text, instrument);
        }

        return TypedResults.Text(text.ToString(), PrometheusText.ContentType);
    }
}
