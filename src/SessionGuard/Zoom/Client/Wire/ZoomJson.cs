using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionGuard.Zoom.Client.Wire;

/// <summary>Zoom's JSON: snake case, numbers now and then as text, text now and then as numbers, and fields we do not know.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true,
    Converters = [typeof(LooseText), typeof(LooseInstant)])]
[JsonSerializable(typeof(ErrorWire))]
[JsonSerializable(typeof(TokenWire))]
[JsonSerializable(typeof(MeetingWire))]
[JsonSerializable(typeof(MeetingPageWire))]
[JsonSerializable(typeof(MeetingWishWire))]
[JsonSerializable(typeof(StatusWire))]
[JsonSerializable(typeof(NewRegistrantWire))]
[JsonSerializable(typeof(RegistrantWire))]
[JsonSerializable(typeof(RegistrantPageWire))]
[JsonSerializable(typeof(RegistrantStatusWire))]
[JsonSerializable(typeof(UserWire))]
[JsonSerializable(typeof(UserPageWire))]
[JsonSerializable(typeof(UserSettingsWire))]
[JsonSerializable(typeof(UserSecurityWire))]
[JsonSerializable(typeof(PastInstancesWire))]
[JsonSerializable(typeof(ParticipantPageWire))]
internal sealed partial class ZoomJson : JsonSerializerContext;

/// <summary>Ids come as text or as numbers, depending on the endpoint.</summary>
internal sealed class LooseText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number ? JsonElement.ParseValue(ref reader).GetRawText() : reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>UTC instants. Zoom writes an empty or blank text where there is none.</summary>
internal sealed class LooseInstant : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Null || string.IsNullOrWhiteSpace(reader.GetString()))
        {
            return null;
        }

        const System.Globalization.DateTimeStyles Utc =
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(reader.GetString(), System.Globalization.CultureInfo.InvariantCulture, Utc, out var instant)
            ? instant
            : throw new JsonException("Not an instant.");
    }

    /// <summary>Whole seconds and a Z: the one form that Zoom documents.</summary>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
}
