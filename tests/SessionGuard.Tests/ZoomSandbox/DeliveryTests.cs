using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class DeliveryTests : DeliveryTest
{
    [Fact]
    public async Task Delivery_is_signed_over_the_bytes_that_arrive()
    {
        Zoom.Schedule(Teacher, TapClass with { Topic = "Zoë 🩰 & “Łucja”" });
        await Zoom.Deliveries.DrainAsync(Soon);

        var received = Assert.Single(Receiver.Events);

        var timestamp = received.Headers["x-zm-request-timestamp"].ToString();
        byte[] message = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. received.Body];
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), message));
        Assert.Equal("v0=" + signature, received.Headers["x-zm-signature"]);
        Assert.Equal($"{Noon.ToUnixTimeSeconds()}", timestamp);
        Assert.Equal("application/json; charset=utf-8", received.Headers.ContentType);
        Assert.Equal("Zoom Marketplace/1.0a", received.Headers.UserAgent);
        Assert.Contains("Zoë 🩰 & “Łucja”", received.Text);
    }

    [Fact]
    public async Task Names_may_travel_escaped()
    {
        Zoom.Deliveries.EscapeNonAscii = true;
        Zoom.Schedule(Teacher, TapClass with { Topic = "Zoë 🩰" });
        await Zoom.Deliveries.DrainAsync(Soon);

        var received = Assert.Single(Receiver.Events);

        Assert.Contains(@"Zo\u00eb \ud83e\ude70", received.Text);
        Assert.Equal("Zoë 🩰", (string?)received.Json["payload"]!["object"]!["topic"]);
    }

    [Fact]
    public async Task Keys_come_in_more_than_one_order()
    {
        for (var i = 0; i < 3; i++)
        {
            Zoom.Schedule(Teacher, TapClass);
        }

        await Zoom.Deliveries.DrainAsync(Soon);

        Assert.Equal(3, Receiver.Events.Select(e => e.Json.First().Key).Distinct().Count());
    }

    [Fact]
    public async Task Held_deliveries_come_in_the_order_the_test_wants()
    {
        Zoom.Deliveries.Hold();
        foreach (var topic in (string[])["a", "b", "c"])
        {
            Zoom.Schedule(Teacher, TapClass with { Topic = topic });
        }

        await Zoom.Deliveries.DrainAsync(Soon);
        Assert.Empty(Receiver.Events);
        Zoom.Deliveries.ReleaseReversed();
        await Zoom.Deliveries.DrainAsync(Soon);

        Assert.Equal(["c", "b", "a"], Topics());
    }

    [Fact]
    public async Task Shuffle_depends_on_its_seed_alone()
    {
        List<string?[]> orders = [];
        foreach (var seed in (int[])[7, 7, 8])
        {
            var before = Receiver.Events.Count;
            Zoom.Deliveries.Hold();
            for (var i = 0; i < 8; i++)
            {
                Zoom.Schedule(Teacher, TapClass with { Topic = $"{i}" });
            }

            Zoom.Deliveries.ReleaseShuffled(seed);
            await Zoom.Deliveries.DrainAsync(Soon);
            orders.Add([.. Topics().Skip(before)]);
        }

        Assert.Equal(orders[0], orders[1]);
        Assert.NotEqual(orders[0], orders[2]);
        Assert.Equal(8, orders[2].Distinct().Count());
    }

    [Fact]
    public async Task Deliveries_can_be_doubled_dropped_and_repeated()
    {
        Zoom.Deliveries.Duplicate(1);
        Zoom.Schedule(Teacher, TapClass with { Topic = "twice" });
        Zoom.Deliveries.Duplicate(0);
        Zoom.Deliveries.Drop(1, "meeting.created");
        Zoom.Schedule(Teacher, TapClass with { Topic = "never" });
        Zoom.Schedule(Teacher, TapClass with { Topic = "once" });
        Zoom.Deliveries.Repeat("meeting.created");
        await Zoom.Deliveries.DrainAsync(Soon);

        Assert.Equal(["twice", "twice", "once", "once"], Topics());
        Assert.Equal(Receiver.Events[2].Text, Receiver.Events[3].Text);
    }

    private IEnumerable<string?> Topics() => Receiver.Events.Select(e => (string?)e.Json["payload"]!["object"]!["topic"]);
}
