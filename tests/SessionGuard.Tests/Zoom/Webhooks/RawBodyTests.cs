using System.Net;
using System.Security.Cryptography;
using System.Text;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Endpoint;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class RawBodyTests
{
    [Theory, OnEachEngine]
    internal async Task Bytes_are_judged_and_kept_as_they_came(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        byte[][] bodies =
        [
            .. ((string[])
            [
                Deliveries.Joined(1, topic: "🩰 Zoë 👩‍👧"), Deliveries.Joined(2, topic: @"Zo\u00eb \ud83e\ude70 \/"), Deliveries.Joined(3, topic: "Zoë"), Deliveries.Joined(4, topic: "Zoe\u0308"),
                Deliveries.Joined(5) + "\r\n", Deliveries.Joined(6, topic: "Tap").Replace(",", " ,\r\n\t", StringComparison.Ordinal), "\uFEFF" + Deliveries.Joined(7), "   " + Deliveries.Joined(8) + "\n\n",
                """{"event_ts":1795521600009,"payload":{"object":{"total_size":123456789012345678901234567890,"ratio":1.0e-7}},"event":"recording.completed"}""",
                """{"event":"meeting.ended","event_ts":1795521600010,"payload":{"object":{"id":86014725390.0}}}""",
            ]).Select(Encoding.UTF8.GetBytes),
            [.. """{"event":"meeting.ended","payload":{"object":{"topic":" """u8, 0xC3, 0x28, 0xFF, .. "\"}}}"u8],
            Encoding.Unicode.GetBytes(Deliveries.Joined(11)),
            [], [0], "null"u8.ToArray(),
        ];

        foreach (var body in bodies)
        {
            Assert.Equal(HttpStatusCode.OK, await app.SendAsync(body));
        }

        var inbox = await app.InboxAsync();
        Assert.Equal(bodies.Length, inbox.Count);
        Assert.All(bodies, body => Assert.Equal(body, Assert.Single(inbox, m => m.IsOf(body)).Body));
        Assert.Equal(10, inbox.Count(m => m.State == InboxState.Pending));
        Assert.All(inbox.Where(m => m.State != InboxState.Pending), m => Assert.Equal(("", SetAsideReasons.Unreadable), (m.Event, m.Reason)));
    }

    [Fact]
    public async Task No_flipped_bit_gets_through()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var body = Encoding.UTF8.GetBytes(Deliveries.Joined(1, topic: "🩰 Zoë"));
        var timestamp = app.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = ZoomSigned.Signature(App.WebhookSecret, timestamp, body);
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var flipped = body.ToArray();
            flipped[RandomNumberGenerator.GetInt32(body.Length)] ^= (byte)(1 << RandomNumberGenerator.GetInt32(8));
            var context = await app.Server.SendAsync(c =>
            {
                (c.Request.Method, c.Request.Path, c.Request.Body, c.Request.ContentLength) = ("POST", $"/webhooks/zoom/{App.Slug}", new MemoryStream(flipped), flipped.Length);
                c.Request.Headers[SignatureHeaders.SignatureName] = signature;
                c.Request.Headers[SignatureHeaders.TimestampName] = timestamp;
            });
            refused += context.Response.StatusCode == 401 ? 1 : 0;
        }

        Assert.Equal(10_000, refused);
        Assert.Empty(await app.InboxAsync());
    }
}
