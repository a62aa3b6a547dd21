using System.Globalization;
using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>Zoom's paging: a token that lives 15 minutes and belongs to one query; "" means that there is no more.</summary>
internal sealed class Pages(TimeProvider clock)
{
    private const int LongestPage = 300;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, (string Query, int Offset, DateTimeOffset Expiry)> _tokens = [];

    /// <param name="name">What the list is called in the answer.</param>
    /// <param name="legacy">Whether the answer also counts pages by number.</param>
    public JsonObject Page(ApiCall call, string name, IReadOnlyList<JsonNode> items, bool legacy)
    {
        var size = Math.Clamp(int.TryParse(call.Query("page_size"), CultureInfo.InvariantCulture, out var asked) ? asked : 30, 1, LongestPage);
        var query = QueryWithoutToken(call);
        var offset = Offset(call.Query("next_page_token"), query);
        var end = offset + size;
        var page = new JsonObject
        {
            ["page_count"] = (items.Count + size - 1) / size,
            ["page_size"] = size,
            ["total_records"] = items.Count,
            ["next_page_token"] = end < items.Count ? Token(query, end) : "",
        };
        if (legacy)
        {
            page["page_number"] = (offset / size) + 1;
        }

        page[name] = new JsonArray([.. items.Skip(offset).Take(size)]);
        return page;
    }

    private int Offset(string? token, string query)
    {
        if (token is null)
        {
            return 0;
        }

        return _tokens.TryGetValue(token, out var place) && place.Query == query && clock.GetUtcNow() < place.Expiry
            ? place.Offset
            : throw new ZoomRefusal(400, ZoomRefusal.Invalid, "The next page token is invalid or expired.");
    }

    private string Token(string query, int offset)
    {
        var token = ZoomIds.Token(24);
        _tokens[token] = (query, offset, clock.GetUtcNow() + TokenLifetime);
        return token;
    }

    private static string QueryWithoutToken(ApiCall call)
    {
        var fields = call.Context.Request.Query.Where(q => q.Key != "next_page_token").OrderBy(q => q.Key, StringComparer.Ordinal);
        return call.Context.Request.Path + "?" + string.Join('&', fields.Select(q => $"{q.Key}={q.Value}"));
    }
}
