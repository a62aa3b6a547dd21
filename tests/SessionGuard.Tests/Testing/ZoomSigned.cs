using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Tests.Testing;

/// <summary>Requests to the webhook endpoint, signed as Zoom signs: HMAC-SHA256 over <c>v0:{timestamp}:{body}</c>, in lower-case hex.</summary>
internal static class ZoomSigned
{
    public static HttpRequestMessage Request(string slug, string secret, DateTimeOffset at, byte[] body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/zoom/{slug}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("x-zm-request-timestamp", timestamp);
        request.Headers.Add("x-zm-signature", Signature(secret, timestamp, body));
        return request;
    }

    public static string Signature(string secret, string timestamp, byte[] body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body]));
}
