using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class DeliveryTests : SandboxTest
{
    private const string Secret = "sessionguard-test-secret";
    private WebhookReceiver _receiver = null!;

    protected override SandboxOptions Configure(SandboxOptions options) => options with { WebhookSecret = Secret };

    protected override ValueTask DisposeMoreAsync() => _receiver?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Delivery_is_signed_over_the_bytes_that_arrive()
    {
        await SubscribeAsync();
        Zoom.Schedule(Teacher, TapClass with { Topic = "Zoë 🩰 & “Łucja”" });
        await Zoom.Deliveries.DrainAsync(Soon);

        var received = Assert.Single(_receiver.Events);

        var timestamp = received.Headers["x-zm-request-timestamp"].ToString();
        byte[] message = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. received.Body];
        Assert.Equal("v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), message)), received.Headers["x-zm-signature"]);
        Assert.Equal($"{Noon.ToUnixTimeSeconds()}", timestamp);
        Assert.Equal("application/json; charset=utf-8", received.Headers.ContentType);
        Assert.Equal("Zoom Marketplace/1.0a", received.Headers.UserAgent);
        Assert.Contains("Zoë 🩰 & “Łucja”", received.Text);
    }

    [Fact]
    public async Task Names_may_travel_escaped()
    {
        await SubscribeAsync();
        Zoom.Deliveries.EscapeNonAscii = true;
        Zoom.Schedule(Teacher, TapClass with { Topic = "Zoë 🩰" });
        await Zoom.Deliveries.DrainAsync(Soon);

        var received = Assert.Single(_receiver.Events);

        Assert.Contains(@"Zo\u00eb \ud83e\ude70", received.Text);
        Assert.Equal("Zoë 🩰", (string?)received.Json["payload"]!["object"]!["topic"]);
    }

    [Fact]
    public async Task Keys_come_in_more_than_one_order()
    {
        await SubscribeAsync();
        for (var i = 0; i < 3; i++)
        {
            Zoom.Schedule(Teacher, TapClass);
        }

        await Zoom.Deliveries.DrainAsync(Soon);

        Assert.Equal(3, _receiver.Events.Select(e => e.Json.First().Key).Distinct().Count());
    }

    [Fact]
    public async Task Failing_receiver_is_tried_again_after_5_20_and_60_minutes_and_then_never()
    {
        await SubscribeAsync();
        _receiver.Answer = Status(StatusCodes.Status503ServiceUnavailable);
        Zoom.Schedule(Teacher, TapClass);
        await Zoom.Deliveries.DrainAsync(Soon);

        List<int> tries = [];
        foreach (var minutes in (int[])[4, 1, 19, 1, 59, 1, 600])
        {
            Clock.Advance(TimeSpan.FromMinutes(minutes));
            await Zoom.Deliveries.DrainAsync(Soon);
            tries.Add(_receiver.Events.Count);
        }

        Assert.Equal([1, 2, 2, 3, 3, 4, 4], tries);
        Assert.Equal([1, 2, 3, 4], Zoom.Deliveries.Log.Select(a => a.Number));
        Assert.All(Zoom.Deliveries.Log, a => Assert.Equal((DeliveryOutcome.Failed, 503), (a.Outcome, a.Status)));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task Retry_is_signed_anew_unless_told_otherwise(bool sameTimestamp, int signatures)
    {
        await SubscribeAsync();
        Zoom.Deliveries.SameTimestampOnRetry = sameTimestamp;
        _receiver.Answer = Status(500);
        Zoom.Schedule(Teacher, TapClass);
        await Zoom.Deliveries.DrainAsync(Soon);
        _receiver.Answer = Status(202);
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Zoom.Deliveries.SettleAsync(Soon);

        Assert.Equal(signatures, _receiver.Events.Select(e => e.Headers["x-zm-signature"].ToString()).Distinct().Count());
        Assert.Equal(2, _receiver.Events.Select(e => e.Headers["x-zm-trackingid"].ToString()).Distinct().Count());
        Assert.Equal(DeliveryOutcome.Delivered, Zoom.Deliveries.Log[^1].Outcome);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Redirects_and_refusals_are_final(int status)
    {
        await SubscribeAsync();
        _receiver.Answer = Status(status);
        Zoom.Schedule(Teacher, TapClass);

        await Zoom.Deliveries.SettleAsync(Soon);

        Assert.Equal(DeliveryOutcome.Rejected, Assert.Single(Zoom.Deliveries.Log).Outcome);
    }

    [Fact]
    public async Task Answer_after_three_seconds_is_too_late_and_leads_to_a_second_delivery()
    {
        await SubscribeAsync();
        var arrived = new TaskCompletionSource();
        _receiver.Answer = async context =>
        {
            _receiver.Answer = Status(200);
            arrived.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        };
        Zoom.Schedule(Teacher, TapClass);
        await arrived.Task.WaitAsync(Soon);

        Clock.Advance(TimeSpan.FromSeconds(3));
        await Zoom.Deliveries.DrainAsync(Soon);
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Zoom.Deliveries.SettleAsync(Soon);

        Assert.Equal([DeliveryOutcome.Failed, DeliveryOutcome.Delivered], Zoom.Deliveries.Log.Select(a => a.Outcome));
        Assert.Equal(_receiver.Events[0].Text, _receiver.Events[1].Text);
    }

    [Fact]
    public async Task Nobody_listening_is_tried_again()
    {
        await SubscribeAsync();
        var url = _receiver.Url;
        await _receiver.DisposeAsync();
        Zoom.Schedule(Teacher, TapClass);
        await Zoom.Deliveries.DrainAsync(Soon);

        var attempt = Assert.Single(Zoom.Deliveries.Log);
        Assert.Equal((DeliveryOutcome.Failed, null), (attempt.Outcome, attempt.Status));
        Assert.Equal(url, Zoom.WebhookUrl);
    }

    [Fact]
    public async Task Held_deliveries_come_in_the_order_the_test_wants()
    {
        await SubscribeAsync();
        Zoom.Deliveries.Hold();
        foreach (var topic in (string[])["a", "b", "c"])
        {
            Zoom.Schedule(Teacher, TapClass with { Topic = topic });
        }

        await Zoom.Deliveries.DrainAsync(Soon);
        Assert.Empty(_receiver.Events);
        Zoom.Deliveries.ReleaseReversed();
        await Zoom.Deliveries.DrainAsync(Soon);

        Assert.Equal(["c", "b", "a"], Topics());
    }

    [Fact]
    public async Task Shuffle_depends_on_its_seed_alone()
    {
        await SubscribeAsync();
        List<string?[]> orders = [];
        foreach (var seed in (int[])[7, 7, 8])
        {
            var before = _receiver.Events.Count;
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
        await SubscribeAsync();
        Zoom.Deliveries.Duplicate(1);
        Zoom.Schedule(Teacher, TapClass with { Topic = "twice" });
        Zoom.Deliveries.Duplicate(0);
        Zoom.Deliveries.Drop(1, "meeting.created");
        Zoom.Schedule(Teacher, TapClass with { Topic = "never" });
        Zoom.Schedule(Teacher, TapClass with { Topic = "once" });
        Zoom.Deliveries.Repeat("meeting.created");
        await Zoom.Deliveries.DrainAsync(Soon);

        Assert.Equal(["twice", "twice", "once", "once"], Topics());
        Assert.Equal(_receiver.Events[2].Text, _receiver.Events[3].Text);
    }

    [Fact]
    public async Task Address_is_validated_at_the_start_and_every_72_hours()
    {
        await SubscribeAsync();
        Assert.Single(_receiver.Validations);

        Clock.Advance(TimeSpan.FromHours(72));
        await Zoom.Deliveries.DrainAsync(Soon);

        Assert.Equal(2, _receiver.Validations.Count);
        Assert.NotEmpty(_receiver.Validations[0].Headers["x-zm-signature"].ToString());
        Assert.True(await Zoom.Deliveries.SendUrlValidationAsync());
    }

    [Fact]
    public async Task Six_failed_validations_in_a_row_switch_the_subscription_off()
    {
        await SubscribeAsync();
        _receiver.AnswersValidation = false;
        for (var i = 0; i < 6; i++)
        {
            Assert.True(Zoom.Deliveries.SubscriptionEnabled);
            Clock.Advance(TimeSpan.FromHours(72));
            await Zoom.Deliveries.DrainAsync(Soon);
        }

        Zoom.Schedule(Teacher, TapClass with { Start = Clock.GetUtcNow().AddHours(1) });
        await Zoom.Deliveries.SettleAsync(Soon);

        Assert.False(Zoom.Deliveries.SubscriptionEnabled);
        Assert.Equal(3, Zoom.Deliveries.OwnerNotices.Count);
        Assert.Empty(_receiver.Events);

        Zoom.Deliveries.EnableSubscription();
        Zoom.Deliveries.Repeat("meeting.created");
        await Zoom.Deliveries.DrainAsync(Soon);
        Assert.Single(_receiver.Events);
    }

    private static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private IEnumerable<string?> Topics() => _receiver.Events.Select(e => (string?)e.Json["payload"]!["object"]!["topic"]);

    private async Task SubscribeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync(Secret);
        Zoom.WebhookUrl = _receiver.Url;
        await Zoom.Deliveries.DrainAsync(Soon);
    }
}

public sealed class RetryScaleTests : SandboxTest
{
    protected override SandboxOptions Configure(SandboxOptions options) => options with { RetryScale = 0.001, ValidateWebhookUrl = false };

    [Fact]
    public async Task Scaled_ladder_is_climbed_in_its_share_of_the_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Zoom.Options.WebhookSecret);
        receiver.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        Zoom.WebhookUrl = receiver.Url;
        Zoom.Schedule(Teacher, TapClass);
        await Zoom.Deliveries.DrainAsync(Soon);

        foreach (var milliseconds in (int[])[300, 1200, 3600])
        {
            Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await Zoom.Deliveries.DrainAsync(Soon);
        }

        await Zoom.Deliveries.SettleAsync(Soon);
        Assert.Equal(4, receiver.Events.Count);
        Assert.Empty(receiver.Validations);
    }
}
