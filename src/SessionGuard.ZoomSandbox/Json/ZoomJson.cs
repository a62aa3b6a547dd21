using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SessionGuard.ZoomSandbox.Json;

/// <summary>Zoom's spelling: snake_case names, absent instead of null, UTC times with a Z and no fraction.</summary>
internal static class ZoomJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantConverter() },
    };

    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static JsonObject ToObject<T>(T value) => (JsonObject)JsonSerializer.SerializeToNode(value, Options)!;

    public static JsonArray ToArray(IEnumerable<JsonNode?> items) => [.. items];

    /// <summary>A copy of the members with these names.</summary>
    public static JsonObject Only(JsonObject members, Func<string, bool> isWanted) =>
        new(members.Where(m => isWanted(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    /// <summary>A copy of <paramref name="target"/> with the changes laid over it, objects merged, nulls ignored.</summary>
    public static JsonObject Merge(JsonObject target, JsonObject changes)
    {
        var merged = (JsonObject)target.DeepClone();
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && merged[name] is JsonObject below)
            {
                merged[name] = Merge(below, inner);
            }
            else if (value is not null)
            {
                merged[name] = value.DeepClone();
            }
        }

        return merged;
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Instant(value));
    }
}
