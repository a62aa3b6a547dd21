using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>Compact JSON as Node prints it, or with every non-ASCII character escaped; receivers must hash either as it came.</summary>
/// <remarks>.NET's own writers always escape characters outside the basic plane, so emoji would never travel raw.</remarks>
internal static class EventJson
{
    public static string Write(JsonNode node, bool escapeNonAscii)
    {
        var text = new StringBuilder();
        Write(text, node, escapeNonAscii);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, bool escape)
    {
        switch (node)
        {
            case JsonObject members:
                WriteAll(text, '{', members, '}', member =>
                {
                    WriteString(text, member.Key, escape);
                    text.Append(':');
                    Write(text, member.Value, escape);
                });
                break;
            case JsonArray items:
                WriteAll(text, '[', items, ']', item => Write(text, item, escape));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteString(text, value.GetValue<string>(), escape);
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<T> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            write(item);
        }

        text.Append(close);
    }

    private static void WriteString(StringBuilder text, string value, bool escape)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                '\b' => text.Append(@"\b"),
                '\f' => text.Append(@"\f"),
                < ' ' => AppendEscaped(text, c),
                > '~' when escape => AppendEscaped(text, c),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    private static StringBuilder AppendEscaped(StringBuilder text, char c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
