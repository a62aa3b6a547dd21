using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>
/// The two headers of a signed request: HMAC-SHA256 over <c>v0:{timestamp}:{body}</c>, the body as the bytes that came.
/// </summary>
/// <param name="Timestamp">Ten digits: Unix seconds.</param>
/// <param name="Hex">64 hex digits. Zoom writes them in lower case; upper case says the same bytes, and a 401 loses a delivery for good.</param>
internal readonly record struct SignatureHeaders(string Timestamp, string Hex)
{
    public const string SignatureName = "x-zm-signature";
    public const string TimestampName = "x-zm-request-timestamp";

    /// <summary>Bytes that the signature covers before the body.</summary>
    public const int PrefixLength = 14;

    private const string Version = "v0=";
    private const int TimestampDigits = 10;

    public DateTimeOffset SentAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Null: one of the two is missing, doubled or not in Zoom's form.</summary>
    public static SignatureHeaders? Read(IHeaderDictionary headers)
    {
        var (timestamp, signature) = (headers[TimestampName], headers[SignatureName]);
        return timestamp.Count == 1 && timestamp[0] is { Length: TimestampDigits } digits && !digits.AsSpan().ContainsAnyExceptInRange('0', '9')
            && signature.Count == 1 && signature[0] is { } text && text.StartsWith(Version, StringComparison.Ordinal)
            && text.Length == Version.Length + (2 * HMACSHA256.HashSizeInBytes)
            ? new SignatureHeaders(digits, text[Version.Length..])
            : null;
    }

    /// <summary>Which of <paramref name="secrets"/> signed; null when none did.</summary>
    /// <param name="signed">The body after <see cref="PrefixLength"/> free bytes, which are written here: one hash over one piece of memory.</param>
    public byte[]? SecretThatSigned(Span<byte> signed, IReadOnlyList<byte[]> secrets)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (Convert.FromHexString(Hex, claimed, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        "v0:"u8.CopyTo(signed);
        Encoding.ASCII.GetBytes(Timestamp, signed["v0:".Length..]);
        signed[PrefixLength - 1] = (byte)':';
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var i = 0; i < secrets.Count; i++)
        {
            HMACSHA256.HashData(secrets[i], signed, expected);
            if (CryptographicOperations.FixedTimeEquals(expected, claimed))
            {
                return secrets[i];
            }
        }

        return null;
    }
}
