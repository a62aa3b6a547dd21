using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;

namespace SessionGuard.Platform.Http;

/// <summary>
/// One line for each answered request, by its route. Never its path or query: those carry families' codes. The framework's own
/// request lines carry both, so they are off.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        await next(context);
        var route = GetRoute(context);
        var level = IsRoutine(context, route) ? LogLevel.Debug : LogLevel.Information;
        if (logger.IsEnabled(level))
        {
            var (method, reference) = (GetMethod(context.Request), ErrorAnswer.GetReference(context));
            var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            LogAnswer(level, method, route, context.Response.StatusCode, milliseconds, reference);
        }
    }

    /// <summary>Anybody may make up a method and write in it what they like: only the known ones are told.</summary>
    private static string GetMethod(HttpRequest request) => Methods.Contains(request.Method) ? request.Method : "_OTHER";

    private static string GetRoute(HttpContext context)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
    }

    /// <summary>What machines ask all day long is told by the metrics.</summary>
    private static bool IsRoutine(HttpContext context, string route) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || route.StartsWith("/webhooks/", StringComparison.Ordinal) || route.StartsWith("/health/", StringComparison.Ordinal) || route is "/metrics";

    [LoggerMessage(EventId = 1100, Message = "{Method} {Route} answered {Status} in {Milliseconds:0.0} ms, {Reference}.")]
    private partial void LogAnswer(LogLevel level, string method, string route, int status, double milliseconds, string reference);
}
