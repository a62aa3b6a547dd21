using System.Diagnostics;

namespace SessionGuard.Web;

/// <summary>
/// One line for each answered request, by its route. Never its path or query: those carry families' codes. The framework's own
/// request lines carry both, so they are off.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        await next(context);
        LogAnswer(context.Request.Method, RouteOf(context), context.Response.StatusCode,
            Stopwatch.GetElapsedTime(started).TotalMilliseconds, ErrorAnswer.ReferenceOf(context));
    }

    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";

    [LoggerMessage(EventId = 1100, Level = LogLevel.Debug, Message = "{Method} {Route} answered {Status} in {Milliseconds:0.0} ms, {Reference}.")]
    private partial void LogAnswer(string method, string route, int status, double milliseconds, string reference);
}
