using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>What an API call answers. Zoom writes its content type without a space.</summary>
internal sealed record ApiAnswer(int Status, JsonNode? Body = null)
{
    public static ApiAnswer NoContent { get; } = new(StatusCodes.Status204NoContent);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static ApiAnswer Ok(JsonNode body) => new(StatusCodes.Status200OK, body);

    public static ApiAnswer Created(JsonNode body) => new(StatusCodes.Status201Created, body);

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (Body is not null)
        {
            response.ContentType = "application/json;charset=UTF-8";
            await response.WriteAsync(Body.ToJsonString(ZoomJson.Options), response.HttpContext.RequestAborted);
        }
    }
}
