using SessionGuard.Platform.Security;

namespace SessionGuard.Platform.Http;

/// <summary>
/// How often one place may try to sign in and call the API within a minute. Families' codes are counted where they fail, and the webhook endpoint
/// never says no: Zoom would not come again.
/// </summary>
internal sealed class RequestLimits(RequestDelegate next, TimeProvider clock)
{
    /// <summary>Wishes to sign in and links opened, together: a whole staff room behind one address, and no list of addresses to try.</summary>
    public const int SignIns = 60;

    /// <summary>Far above what a school's own programs need, and well below what this service can answer.</summary>
    public const int Calls = 3000;

    private readonly ClientRateLimiter _signIns = new(SignIns, clock);
    private readonly ClientRateLimiter _calls = new(Calls, clock);

    public Task InvokeAsync(HttpContext context)
    {
        var limit = GetLimit(context.Request);
        if (limit is null || !limit.IsTooMany(context.Connection.RemoteIpAddress))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = "60";
        return Task.CompletedTask;
    }

    private ClientRateLimiter? GetLimit(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? _calls
        : request.Path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase, out var code)
            && (code.HasValue || HttpMethods.IsPost(request.Method)) ? _signIns
        : null;
}
