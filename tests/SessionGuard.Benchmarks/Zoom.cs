using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Benchmarks;

/// <summary>What is sent: deliveries as Zoom signs them, 600 to 1,200 bytes, each for another participant.</summary>
internal static class Zoom
{
    public const string Slug = "bench";
    public const string AccountId = "bench-account";
    public const string Secret = "bench-webhook-secret";
    public const string Path = $"/webhooks/zoom/{Slug}";

    private static readonly byte[] Key = Encoding.UTF8.GetBytes(Secret);

    public static byte[] Body(int number)
    {
        var at = DateTimeOffset.UnixEpoch.AddMilliseconds(1_795_521_600_000L + number);
        // 500 lessons in turn, 100 comings and goings at a time.
        var meeting = number / 100 % 500;
        return Encoding.UTF8.GetBytes(
            $$$$"""
            {"event":"meeting.participant_{{{{(number % 2 == 0 ? "joined" : "left")}}}}","payload":{"account_id":"{{{{AccountId}}}}","object":{"duration":45,"start_time":"2026-11-24T16:58:00Z","timezone":"Europe/London","topic":"Grade 3 Tap (Tue)","id":"{{{{86_000_000_000L + meeting}}}}","type":2,"uuid":"{{{{Convert.ToBase64String(BitConverter.GetBytes((long)meeting))}}}}{{{{meeting:0000}}}}lesson==","host_id":"rhxDqRDFFOn7lKQcnHm55A","participant":{"user_id":"{{{{16_000_000 + (number / 2)}}}}","user_name":"Poppy R","id":"","participant_uuid":"C56D62F1-E317-670D-153E-{{{{number / 2:000000000000}}}}","{{{{(number % 2 == 0 ? "join_time" : "leave_time")}}}}":"{{{{at:yyyy-MM-ddTHH:mm:ssZ}}}}","email":"","registrant_id":"","participant_user_id":"","customer_key":"{{{{new string('k', number * 7 % 600)}}}}","public_ip":"203.0.113.24"}}},"event_ts":{{{{at.ToUnixTimeMilliseconds()}}}}}
            """);
    }

    /// <summary>A whole request. A forged one has the right form and the wrong signature.</summary>
    public static byte[] Request(int number, bool forged)
    {
        var body = Body(number);
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Key, (byte[])[.. Encoding.ASCII.GetBytes($"v0:{timestamp}:"), .. body]);
        if (forged)
        {
            signature[0] ^= 1;
        }

        var head = $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Zoom Marketplace/1.0a\r\nContent-Type: application/json; charset=utf-8\r\n"
            + $"Content-Length: {body.Length}\r\nx-zm-request-timestamp: {timestamp}\r\nx-zm-signature: v0={Convert.ToHexStringLower(signature)}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>The check both baselines make: the same work, in the plainest way.</summary>
    public static bool IsSigned(string? timestamp, string? signature, byte[] body)
    {
        var expected = HMACSHA256.HashData(Key, (byte[])[.. Encoding.ASCII.GetBytes($"v0:{timestamp}:"), .. body]);
        return signature is { Length: 67 } && CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(signature.AsSpan(3)));
    }
}
