using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>
/// Zoom's challenge, sent when the address is saved and every 72 hours: prove that you hold the secret.
/// </summary>
/// <remarks>
/// The answer is an HMAC under the same secret that signs events, over whatever the asker sends. Answered without a signature, or for a
/// token such as <c>v0:1795539600:{…}</c>, it would sign any forged event for anyone.
/// </remarks>
internal static partial class UrlValidation
{
    public const string Event = "endpoint.url_validation";

    /// <summary>The JSON to answer; null when the token is not a plain word.</summary>
    public static byte[]? Answer(string? plainToken, byte[] secret)
    {
        if (plainToken is null || !PlainWord().IsMatch(plainToken))
        {
            return null;
        }

        var encrypted = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(plainToken));
        return Encoding.ASCII.GetBytes($$"""{"plainToken":"{{plainToken}}","encryptedToken":"{{Convert.ToHexStringLower(encrypted)}}"}""");
    }

    // \z, not $: the latter lets a line end pass.
    [GeneratedRegex(@"^[A-Za-z0-9_-]{8,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();
}
