using System.Globalization;
using System.Text.Json;

namespace SessionGuard.Zoom.Client.Events;

/// <summary>
/// Reads single fields the way Zoom really sends them: a meeting number is a string in some events and a number in others, an unknown
/// value is left out, null or an empty string.
/// </summary>
internal static class EventFields
{
    public static JsonElement? Child(this JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var child)
            && child.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? child
            : null;

    /// <summary>Null when the field is missing, empty or blank.</summary>
    public static string? Text(this JsonElement parent, string name) => parent.Child(name) switch
    {
        { ValueKind: JsonValueKind.String } text when !string.IsNullOrWhiteSpace(text.GetString()) => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static long? Number(this JsonElement parent, string name) =>
        long.TryParse(parent.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Flag(this JsonElement parent, string name) => parent.Child(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A time in UTC, cut to the millisecond; null when it is missing or is no time.</summary>
    public static DateTimeOffset? Instant(this JsonElement parent, string name) =>
        DateTimeOffset.TryParse(parent.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds())
            : null;
}
