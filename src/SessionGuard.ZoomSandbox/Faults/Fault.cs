using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using SessionGuard.ZoomSandbox.Api;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox;

/// <summary>A wrong answer that the API gives instead of the right one. Unless it says otherwise, nothing else happens for that call.</summary>
public sealed class Fault
{
    private const string PerSecond = "You have reached the maximum per-second rate limit for this API. Try again later.";

    private Fault(Func<HttpContext, Task> answer)
        : this((context, _) => answer(context))
    {
    }

    private Fault(Func<HttpContext, RequestDelegate, Task> answer) => Answer = answer;

    /// <summary>Its second argument is what would have answered.</summary>
    internal Func<HttpContext, RequestDelegate, Task> Answer { get; }

    /// <summary>429 with <c>Retry-After</c> in seconds; a billion is allowed.</summary>
    public static Fault TooManyRequests(long retryAfterSeconds) =>
        Limited(retryAfterSeconds.ToString(CultureInfo.InvariantCulture), PerSecond);

    /// <summary>429 without saying when to come back.</summary>
    public static Fault TooManyRequests() => Limited(null, PerSecond);

    /// <summary>429 with <c>Retry-After</c> as an HTTP date.</summary>
    public static Fault TooManyRequestsUntilHttpDate(DateTimeOffset until) =>
        Limited(until.ToString("R", CultureInfo.InvariantCulture), PerSecond);

    /// <summary>429 with <c>Retry-After</c> as Zoom's own kind of date and time.</summary>
    public static Fault TooManyRequestsUntil(DateTimeOffset until) => Limited(ZoomJson.Instant(until), PerSecond);

    /// <summary>The daily limit: 429 with Zoom's headers, back at the given time.</summary>
    public static Fault DailyLimit(DateTimeOffset until) => new(context =>
    {
        context.Response.Headers["X-RateLimit-Category"] = "Light";
        context.Response.Headers["X-RateLimit-Type"] = "Daily-limit";
        context.Response.Headers["X-RateLimit-Remaining"] = "0";
        return LimitedAsync(context, ZoomJson.Instant(until), RateLimits.DailyMessage);
    });

    public static Fault ServerError(int status = 500) => Error(status, status, "Internal server error.");

    /// <summary>No answer until the caller gives up.</summary>
    public static Fault Hang() => new(async context =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    });

    /// <summary>Does what it was asked to, and the connection breaks before anybody hears of it.</summary>
    public static Fault LostAnswer() => new(async (context, next) =>
    {
        context.Response.Body = Stream.Null;
        await next(context);
        context.Abort();
    });

    /// <summary>Announces more than it sends, then cuts the connection.</summary>
    public static Fault CloseMidBody() => new(async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 4_096;
        await context.Response.WriteAsync("{\"id\":860147", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    });

    /// <summary>200 with JSON that ends too early.</summary>
    public static Fault TruncatedJson() => Body("application/json;charset=UTF-8", "{\"id\":86014725390,\"settings\":{\"waiting_ro");

    /// <summary>200 with a page instead of JSON, as a proxy in between may give.</summary>
    public static Fault Html() => Body("text/html;charset=UTF-8", "<!doctype html><title>Zoom</title><p>We will be back soon.");

    /// <summary>200 with a harmless JSON object under a content type that is not JSON's.</summary>
    public static Fault WrongContentType() => Body("application/octet-stream", "{}");

    public static Fault TokenExpired() => Error(401, ZoomRefusal.BadToken, "Access token is expired.");

    /// <summary>Holds calls back until this many are here, then has each answered as it would have been. Meant for as many calls.</summary>
    public static Fault Together(int calls)
    {
        var (left, allAreHere) = (calls, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return new(async (context, next) =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                allAreHere.SetResult();
            }

            await allAreHere.Task.WaitAsync(context.RequestAborted);
            await next(context);
        });
    }

    public static Fault ScopeGone() => Error(403, 4700, "Invalid access token, does not contain scopes.");

    public static Fault NotFound() => Error(404, 3001, "Meeting does not exist.");

    public static Fault RedirectTo(Uri elsewhere) => new(context =>
    {
        context.Response.Redirect(elsewhere.ToString());
        return Task.CompletedTask;
    });

    /// <summary>200 with a JSON body of this many bytes.</summary>
    public static Fault HugeBody(int bytes = 50_000_000) => new(async context =>
    {
        context.Response.ContentType = "application/json";
        var filler = Encoding.ASCII.GetBytes(new string('x', 65_536));
        await context.Response.WriteAsync("{\"topic\":\"", context.RequestAborted);
        for (var sent = 0; sent < bytes && !context.RequestAborted.IsCancellationRequested; sent += filler.Length)
        {
            await context.Response.Body.WriteAsync(filler, context.RequestAborted);
        }

        await context.Response.WriteAsync("\"}", context.RequestAborted);
    });

    /// <summary>204, as if a change had been made, and nothing changes.</summary>
    public static Fault SilentOverride() => new(context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });

    /// <summary>Any status with Zoom's kind of error body.</summary>
    public static Fault Error(int status, int code, string message) =>
        new(context => new ZoomRefusal(status, code, message).ToAnswer().WriteAsync(context.Response));

    private static Fault Limited(string? retryAfter, string message) => new(context => LimitedAsync(context, retryAfter, message));

    private static Task LimitedAsync(HttpContext context, string? retryAfter, string message)
    {
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return new ZoomRefusal(StatusCodes.Status429TooManyRequests, 429, message).ToAnswer().WriteAsync(context.Response);
    }

    private static Fault Body(string contentType, string body) => new(context =>
    {
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body, context.RequestAborted);
    });
}
