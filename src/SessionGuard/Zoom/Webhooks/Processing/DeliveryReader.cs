using System.Buffers.Binary;
using System.Text.Json;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Zoom.Webhooks.Processing;

/// <summary>Reads a stored body for the handlers.</summary>
internal static class DeliveryReader
{
    private const int EscapeLength = 6;

    /// <summary>Null: there is nothing to apply, and <paramref name="fault"/> says why.</summary>
    public static Delivery? Read(InboxMessage message, out string? fault)
    {
        fault = message.Event.Length == 0 ? SetAsideReasons.Unreadable : null;
        if (fault is not null)
        {
            return null;
        }

        try
        {
            var root = JsonElement.Parse(WholeCharacters(Envelope.WithoutMark(message.Body)));
            if (root.TryGetProperty("payload", out var payload) && payload.ValueKind is JsonValueKind.Object)
            {
                return new Delivery(message.OrganisationId, message.Id, message.Event, GetTime(message), message.ReceivedAt, payload);
            }

            fault = SetAsideReasons.NoPayload;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            fault = SetAsideReasons.Unreadable;
        }

        return null;
    }

    private static DateTimeOffset GetTime(InboxMessage message) =>
        BinaryPrimitives.ReadInt64BigEndian(message.DeliveryKey) is > 0 and var milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : message.ReceivedAt;

    /// <summary>
    /// Puts U+FFFD for escapes that no text can hold: half a surrogate pair (a name cut within an emoji), which .NET refuses to read, and
    /// U+0000, which PostgreSQL refuses to store. A lesson must not go unwatched over a broken letter.
    /// </summary>
    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> json)
    {
        byte[]? copy = null;
        for (var at = 0; NextEscape(json, ref at);)
        {
            var unit = UnitAt(json, at);
            var isPair = unit is >= 0xD800 and < 0xDC00 && UnitAt(json, at + EscapeLength) is >= 0xDC00 and < 0xE000;
            if (!isPair && unit is 0 or (>= 0xD800 and < 0xE000))
            {
                copy ??= json.ToArray();
                @"\ufffd"u8.CopyTo(copy.AsSpan(at));
            }

            at += isPair ? 2 * EscapeLength : unit < 0 ? 2 : EscapeLength;
        }

        return copy ?? json;
    }

    private static bool NextEscape(ReadOnlySpan<byte> json, ref int at)
    {
        var further = at < json.Length ? json[at..].IndexOf((byte)'\\') : -1;
        at += further;
        return further >= 0;
    }

    /// <summary>The UTF-16 unit that the escape at <paramref name="at"/> stands for; -1: it is no such escape.</summary>
    private static int UnitAt(ReadOnlySpan<byte> json, int at) =>
        at + EscapeLength <= json.Length && json[at] == (byte)'\\' && json[at + 1] == (byte)'u'
        && ushort.TryParse(json.Slice(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit)
            ? unit
            : -1;
}
