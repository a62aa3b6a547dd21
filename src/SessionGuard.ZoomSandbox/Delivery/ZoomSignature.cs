using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>Zoom's webhook signature: HMAC-SHA256 over version, timestamp and the bytes on the wire.</summary>
internal static class ZoomSignature
{
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        var signed = new byte[Encoding.UTF8.GetByteCount(timestamp) + 4 + body.Length];
        var prefix = Encoding.UTF8.GetBytes($"v0:{timestamp}:", signed);
        body.CopyTo(signed.AsSpan(prefix));
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    /// <summary>What a receiver has to answer to URL validation.</summary>
    public static string EncryptToken(string secret, string plainToken) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(plainToken)));
}
