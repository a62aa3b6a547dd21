using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>What every call under /v2 goes through: token, scope, rate limit, then the world's lock.</summary>
internal sealed class ZoomApi(ZoomWorld world, TokenDesk tokens, RateLimits limits, IEndpointRouteBuilder routes)
{
    public void Map(string method, string path, RateLabel label, string scope, Func<ApiCall, ApiAnswer> handler) =>
        routes.MapMethods("/v2" + path, [method], (RequestDelegate)(context => AnswerAsync(context, label, scope, handler)));

    /// <summary>What Zoom says to a path it does not know.</summary>
    public static Task UnknownAsync(HttpContext context) =>
        new ZoomRefusal(404, 2300, "This API endpoint is not recognized.").ToAnswer().WriteAsync(context.Response);

    private async Task AnswerAsync(HttpContext context, RateLabel label, string scope, Func<ApiCall, ApiAnswer> handler)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        await Answer(context, text, label, scope, handler).WriteAsync(context.Response);
    }

    private ApiAnswer Answer(HttpContext context, string body, RateLabel label, string scope, Func<ApiCall, ApiAnswer> handler)
    {
        try
        {
            tokens.Check(context.Request.Headers.Authorization, scope);
            limits.Count(label);
            if (world.Options.RateLimitHeaders)
            {
                context.Response.Headers["X-RateLimit-Category"] = label.ToString();
            }

            lock (world.Gate)
            {
                return handler(new ApiCall(context, ApiCall.ParseBody(body), world));
            }
        }
        catch (ZoomRefusal refusal)
        {
            return refusal.ToAnswer();
        }
    }
}
