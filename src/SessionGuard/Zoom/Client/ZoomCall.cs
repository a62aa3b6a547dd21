using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SessionGuard.Zoom.Client;

/// <summary>One call of the REST API.</summary>
/// <param name="Route">The path with placeholders: what logs say instead of <paramref name="Path"/>, which may hold an address.</param>
/// <param name="Path">The path and query, encoded, relative to the API's base.</param>
internal sealed record ZoomCall(HttpMethod Method, string Route, string Path)
{
    public byte[]? Body { get; private init; }

    /// <summary>Whose budget each try of it takes one from; null for a call that Zoom does not count.</summary>
    public BudgetClaim? Claim { get; init; }

    /// <summary>Sent twice, a POST makes two meetings. Everything else here says what shall be, and may be said again.</summary>
    public bool MayRepeat => Method != HttpMethod.Post;

    public static ZoomCall Get(string route, string path) => new(HttpMethod.Get, route, path);

    public ZoomCall With<T>(T body, JsonTypeInfo<T> type) => this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };

    public override string ToString() => $"{Method} {Route}";
}

internal sealed record BudgetClaim(string HostId, BudgetUse Use);
