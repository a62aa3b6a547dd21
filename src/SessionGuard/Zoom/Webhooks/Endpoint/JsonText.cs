using System.Buffers;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>Finds the ends of JSON values in bytes that may be no JSON at all. Whatever has no end ends with the body.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> EndsScalar = SearchValues.Create(",}] \t\r\n"u8);
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    /// <summary>One past the value that starts at <paramref name="start"/>.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> body, int start) => start == body.Length ? start : body[start] switch
    {
        (byte)'"' => EndOfString(body, start + 1),
        (byte)'{' or (byte)'[' => EndOfNesting(body, start),
        _ => body[start..].IndexOfAny(EndsScalar) is >= 0 and var length ? start + length : body.Length,
    };

    /// <summary>One past the closing quotation mark of the text whose first character is at <paramref name="at"/>.</summary>
    private static int EndOfString(ReadOnlySpan<byte> body, int at)
    {
        while (body[at..].IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var found)
        {
            at += found + 1;
            if (body[at - 1] == (byte)'"')
            {
                return at;
            }

            at = Math.Min(at + 1, body.Length); // whatever follows a backslash ends nothing
        }

        return body.Length;
    }

    private static int EndOfNesting(ReadOnlySpan<byte> body, int at)
    {
        var depth = 0;
        while (body[at..].IndexOfAny(Structure) is >= 0 and var found)
        {
            at += found;
            if (body[at] == (byte)'"')
            {
                at = EndOfString(body, at + 1);
                continue;
            }

            depth += body[at] is (byte)'{' or (byte)'[' ? 1 : -1;
            at++;
            if (depth == 0)
            {
                return at;
            }
        }

        return body.Length;
    }
}
