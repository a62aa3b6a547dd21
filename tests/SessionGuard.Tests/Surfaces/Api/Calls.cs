using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SessionGuard.Tests.Surfaces.Api;

/// <summary>What the API answered: its status and its JSON, which is undefined for an answer without a body.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Json)
{
    public Guid Id => Json.GetProperty("id").GetGuid();

    public string? Text(string name) => Json.GetProperty(name).GetString();

    /// <summary>The paths of the values that a problem names.</summary>
    public IEnumerable<string> Faults => Json.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(e => e.Name) : [];
}

internal static class Calls
{
    public static Task<Answer> GetAnswerAsync(this HttpClient client, string path) => client.SendAnswerAsync(HttpMethod.Get, path);

    public static Task<Answer> PostAnswerAsync(this HttpClient client, string path, object? body = null) => client.SendAnswerAsync(HttpMethod.Post, path, body);

    public static async Task<Answer> SendAnswerAsync(this HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
