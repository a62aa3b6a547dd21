using System.Buffers;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>
/// Blanks what must not be kept before a body reaches the disk: passcodes, links that open a door, addresses of devices, what was
/// said. An empty text stays empty (a removed passcode must be seen as one), and so do <c>null</c>, <c>true</c> and <c>false</c>.
/// </summary>
/// <remarks>
/// It looks for names at every quotation mark instead of parsing, so it also serves bodies that no parser reads. In valid JSON that
/// finds names only: a quotation mark inside a text is escaped. Every other byte is copied as it came.
/// </remarks>
internal static class Redaction
{
    private static ReadOnlySpan<byte> Removed => "\"[removed]\""u8;

    /// <summary>A copy of <paramref name="body"/> without the values of <see cref="RedactedNames"/>.</summary>
    public static byte[] Redact(ReadOnlySpan<byte> body)
    {
        ArrayBufferWriter<byte>? copy = null;
        var (copied, at) = (0, 0);
        while (Next(body, ref at) is { } value)
        {
            copy ??= new ArrayBufferWriter<byte>(body.Length);
            copy.Write(body[copied..value.Start]);
            copy.Write(Removed);
            copied = at = value.End.Value;
        }

        if (copy is null)
        {
            return body.ToArray();
        }

        copy.Write(body[copied..]);
        return copy.WrittenSpan.ToArray();
    }

    /// <summary>The next value to remove at or after <paramref name="at"/>; null: none is left.</summary>
    private static Range? Next(ReadOnlySpan<byte> body, ref int at)
    {
        while (body[at..].IndexOf((byte)'"') is >= 0 and var mark)
        {
            at += mark + 1;
            var afterName = RedactedNames.Match(body, at);
            if (afterName < 0)
            {
                continue;
            }

            var start = SkipSpace(body, afterName);
            if (start == body.Length || body[start] != (byte)':')
            {
                continue;
            }

            start = SkipSpace(body, start + 1);
            var end = JsonText.EndOfValue(body, start);
            at = end;
            if (!MayStay(body[start..end]))
            {
                return start..end;
            }
        }

        return null;
    }

    private static bool MayStay(ReadOnlySpan<byte> value) =>
        value.IsEmpty || value.SequenceEqual("\"\""u8) || value.SequenceEqual("null"u8) || value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8);

    private static int SkipSpace(ReadOnlySpan<byte> body, int at)
    {
        var further = body[at..].IndexOfAnyExcept(" \t\r\n"u8);
        return further < 0 ? body.Length : at + further;
    }
}
