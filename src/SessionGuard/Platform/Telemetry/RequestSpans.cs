using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// Names the framework's span of a request by its route, and says how it ended. Never its path or query, which hold families' codes.
/// </summary>
internal sealed class RequestSpans : IStartupFilter
{
    private static readonly string[] Routine = ["/health/live", "/health/ready", "/metrics"];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(DescribeAsync);
        next(app);
    };

    /// <summary>Anybody may make up a method and write in it what they like: only the known ones are told.</summary>
    public static string GetMethod(HttpRequest request) => Methods.Contains(request.Method) ? request.Method : "_OTHER";

    private static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        // At the end: only then is it known which route it was.
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
            {
                Describe(span, context);
            }
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? $"/{pattern.TrimStart('/')}" : null; // pages write it without
        if (Routine.Contains(route))
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        var method = GetMethod(context.Request);
        var status = context.Response.StatusCode;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", $"{status}").SetStatus(ActivityStatusCode.Error);
        }
    }
}
