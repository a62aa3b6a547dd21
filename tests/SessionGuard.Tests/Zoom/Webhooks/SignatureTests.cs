using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Endpoint;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class SignatureTests
{
    private const string OldSecret = "alder-secret-before-the-rotation";
    private const string Other = "Zoë's 🩰 secret";

    [Fact]
    public async Task Every_request_gets_the_verdict_of_the_table_and_all_refusals_look_alike()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Organisations:0:Zoom:PreviousWebhookSecret"] = OldSecret });
        var body = Encoding.UTF8.GetBytes(Deliveries.Joined(1));
        var timestamp = app.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var table = Accepted(timestamp, body).Select(v => (v.Why, v.Signature, v.Timestamp, Verdict: 200))
            .Concat(Refused(timestamp, body).Select(v => (v.Why, v.Signature, v.Timestamp, Verdict: 401))).ToList();

        var wrong = new List<string>();
        var refusals = new HashSet<string>();
        foreach (var (why, signature, time, verdict) in table)
        {
            var (status, answer) = await AskAsync(app, body, signature, time);
            if (status != verdict)
            {
                wrong.Add($"{why}: {status}");
            }

            if (verdict == 401)
            {
                refusals.Add(answer);
            }
        }

        Assert.Empty(wrong);
        Assert.Single(refusals);
        Assert.True(table.Count >= 60, $"{table.Count} vectors");
        Assert.Single(await app.InboxAsync());
    }

    [Theory]
    [InlineData("Zoë 🩰", "v0=a8fa3cb78b51b00944b762146db3ca33dd52615aaacb28d19e85c03128160d6f")]
    [InlineData(@"Zo\u00eb \ud83e\ude70", "v0=f07df5627399442768d34f3cb606f9e383df8ff89d40db644a1429550a7d22a9")]
    public void Known_signatures_are_found_right(string topic, string signature)
    {
        var body = Encoding.UTF8.GetBytes($$$$"""{"event":"meeting.started","payload":{"account_id":"A","object":{"id":"86014725390","topic":"{{{{topic}}}}"}},"event_ts":1795539600000}""");

        Assert.True(Verifies("sessionguard-test-secret"u8.ToArray(), "1795539600", body, signature));
        Assert.False(Verifies("sessionguard-test-secreu"u8.ToArray(), "1795539600", body, signature));
        Assert.False(Verifies("sessionguard-test-secret"u8.ToArray(), "1795539601", body, signature));
    }

    /// <summary>Keys around SHA-256's block of 64 bytes, where implementations go wrong, against the definition written out (RFC 2104).</summary>
    [Theory]
    [InlineData(0, 0), InlineData(1, 1), InlineData(32, 0), InlineData(63, 50), InlineData(64, 49), InlineData(64, 50), InlineData(65, 51), InlineData(131, 200), InlineData(400, 100_000)]
    public void Keys_and_bodies_of_any_length_agree_with_the_definition(int keyLength, int bodyLength)
    {
        var key = Enumerable.Range(0, keyLength).Select(i => (byte)(i * 7)).ToArray();
        var body = Enumerable.Range(0, bodyLength).Select(i => (byte)(i * 31)).ToArray();
        var expected = HmacByDefinition(key, [.. "v0:1795539600:"u8, .. body]);

        Assert.True(Verifies(key, "1795539600", body, "v0=" + Convert.ToHexStringLower(expected)));
        foreach (var bit in (int[])[0, 7, 63, 128, 255])
        {
            var tampered = expected.ToArray();
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verifies(key, "1795539600", body, "v0=" + Convert.ToHexStringLower(tampered)));
        }
    }

    [Fact]
    public void Signatures_are_compared_in_constant_time_on_their_bytes()
    {
        var source = File.ReadAllText(Path.Combine(RepositoryFolder(), "src", "SessionGuard", "Zoom", "Webhooks", "Endpoint", $"{nameof(SignatureHeaders)}.cs"));

        Assert.Contains("CryptographicOperations.FixedTimeEquals(expected, claimed)", source, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Why, StringValues Signature, StringValues Timestamp)> Accepted(string now, byte[] body)
    {
        var hex = Hex(App.WebhookSecret, now, body);
        yield return ("current secret", "v0=" + hex, now);
        yield return ("previous secret", "v0=" + Hex(OldSecret, now, body), now);
        yield return ("upper-case hex", "v0=" + hex.ToUpperInvariant(), now);
        yield return ("mixed-case hex", "v0=" + hex[..32].ToUpperInvariant() + hex[32..], now);
    }

    private static IEnumerable<(string Why, StringValues Signature, StringValues Timestamp)> Refused(string now, byte[] body)
    {
        var hex = Hex(App.WebhookSecret, now, body);
        var right = "v0=" + hex;
        yield return ("no headers", default, default);
        yield return ("no signature", default, now);
        yield return ("no timestamp", right, default);
        yield return ("empty signature", "", now);
        yield return ("empty timestamp", right, "");
        yield return ("doubled signature", new([right, right]), now);
        yield return ("doubled timestamp", right, new([now, now]));
        yield return ("right and wrong signature", new([right, "v0=" + new string('0', 64)]), now);
        foreach (var prefix in (string[])["", "v1=", "V0=", "v0", "v0:", "v00=", "=", "v0==", "v0= ", " v0=", "\tv0=", "sha256=", "v0=0x", "v０="])
        {
            yield return ($"prefix '{prefix}'", prefix + hex, now);
        }

        foreach (var digits in (string[])
                 ["", hex[..1], hex[..62], hex[..63], hex + "0", hex + "00", hex + hex, hex + " ", hex[..63] + "g", "g" + hex[1..], hex[..63] + " ", hex[..32] + "-" + hex[33..],
                     hex[..63] + "é", hex[..63] + "０", new('0', 64), new('f', 64), string.Concat(hex.Reverse()), hex[1..] + hex[0], hex[..60] + "\0\0\0\0"])
        {
            yield return ($"digits '{digits}'", "v0=" + digits, now);
        }

        yield return ("base64", "v0=" + Convert.ToBase64String(Convert.FromHexString(hex)), now);
        yield return ("list with comma", right + "," + right, now);
        yield return ("list with blank", right + " " + right, now);
        yield return ("versions list", "v1=" + hex + "," + right, now);
        yield return ("one bit off at the start", "v0=" + Flip(hex, 0), now);
        yield return ("one bit off at the end", "v0=" + Flip(hex, 63), now);
        foreach (var secret in (string[])["", " ", "alder-webhook-secre", App.WebhookSecret + "\n", App.WebhookSecret.ToUpperInvariant(), Other, "alder-client-secret", new('k', 64)])
        {
            yield return ($"secret '{secret}'", "v0=" + Hex(secret, now, body), now);
        }

        var earlier = (long.Parse(now, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture);
        yield return ("signed for another second", right, earlier);
        yield return ("signed without the timestamp", "v0=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(App.WebhookSecret), body)), now);
        yield return ("signed for another body", "v0=" + Hex(App.WebhookSecret, now, [.. body, (byte)'\n']), now);
        yield return ("signed for no body", "v0=" + Hex(App.WebhookSecret, now, []), now);
        yield return ("digest without a key", "v0=" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. Encoding.ASCII.GetBytes($"v0:{now}:"), .. body])), now);
        yield return ("no length", new StringValues((string?)null), now);
    }

    private static async Task<(int Status, string Answer)> AskAsync(App app, byte[] body, StringValues signature, StringValues timestamp)
    {
        var context = await app.Server.SendAsync(c =>
        {
            (c.Request.Method, c.Request.Path, c.Request.Body, c.Request.ContentLength) = ("POST", $"/webhooks/zoom/{App.Slug}", new MemoryStream(body), body.Length);
            c.Request.Headers[SignatureHeaders.SignatureName] = signature;
            c.Request.Headers[SignatureHeaders.TimestampName] = timestamp;
        });
        using var reader = new StreamReader(context.Response.Body);
        var headers = string.Join('\n', context.Response.Headers.Select(h => $"{h.Key}: {h.Value}"));
        return (context.Response.StatusCode, $"{context.Response.StatusCode}\n{headers}\n\n{await reader.ReadToEndAsync()}");
    }

    private static bool Verifies(byte[] key, string timestamp, byte[] body, string signature)
    {
        var headers = SignatureHeaders.Read(new HeaderDictionary
        {
            [SignatureHeaders.SignatureName] = signature,
            [SignatureHeaders.TimestampName] = timestamp,
        });
        return headers!.Value.SecretThatSigned((byte[])[.. new byte[SignatureHeaders.PrefixLength], .. body], ["another"u8.ToArray(), key]) == key;
    }

    private static byte[] HmacByDefinition(byte[] key, byte[] message)
    {
        const int Block = 64;
        var padded = new byte[Block];
        (key.Length > Block ? System.Security.Cryptography.SHA256.HashData(key) : key).CopyTo(padded, 0);
        var inner = System.Security.Cryptography.SHA256.HashData([.. padded.Select(b => (byte)(b ^ 0x36)), .. message]);
        return System.Security.Cryptography.SHA256.HashData([.. padded.Select(b => (byte)(b ^ 0x5c)), .. inner]);
    }

    private static string Hex(string secret, string timestamp, byte[] body) => ZoomSigned.Signature(secret, timestamp, body)["v0=".Length..];

    private static string Flip(string hex, int digit) =>
        hex[..digit] + Convert.ToHexStringLower([(byte)(Convert.ToByte(hex[digit].ToString(), 16) ^ 1)])[1] + hex[(digit + 1)..];

    private static string RepositoryFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SessionGuard.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
