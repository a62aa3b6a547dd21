using Microsoft.AspNetCore.Http;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class RetryTests : DeliveryTest
{
    [Fact]
    public async Task FailingReceiver_is_tried_again_after_5_20_and_60_minutes_and_then_never()
    {
        Receiver.Answer = Status(StatusCodes.Status503ServiceUnavailable);
        Zoom.Schedule(Teacher, TapClass);
        await Zoom.Deliveries.DrainAsync(Soon);

        List<int> tries = [];
        foreach (var minutes in (int[])[4, 1, 19, 1, 59, 1, 600])
        {
            Clock.Advance(TimeSpan.FromMinutes(minutes));
            await Zoom.Deliveries.DrainAsync(Soon);
            tries.Add(Receiver.Events.Count);
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
        Zoom.Deliveries.SameTimestampOnRetry = sameTimestamp;
        Receiver.Answer = Status(500);
        Zoom.Schedule(Teacher, TapClass);
        await Zoom.Deliveries.DrainAsync(Soon);
        Receiver.Answer = Status(202);
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Zoom.Deliveries.SettleAsync(Soon);

        Assert.Equal(signatures, Receiver.Events.Select(e => e.Headers["x-zm-signature"].ToString()).Distinct().Count());
        Assert.Equal(2, Receiver.Events.Select(e => e.Headers["x-zm-trackingid"].ToString()).Distinct().Count());
        Assert.Equal(DeliveryOutcome.Delivered, Zoom.Deliveries.Log[^1].Outcome);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Redirects_and_refusals_are_final(int status)
    {
        Receiver.Answer = Status(status);
        Zoom.Schedule(Teacher, TapClass);

        await Zoom.Deliveries.SettleAsync(Soon);

        Assert.Equal(DeliveryOutcome.Rejected, Assert.Single(Zoom.Deliveries.Log).Outcome);
    }

    [Fact]
    public async Task Answer_after_three_seconds_is_too_late_and_leads_to_a_second_delivery()
    {
        var arrived = new TaskCompletionSource();
        Receiver.Answer = async context =>
        {
            Receiver.Answer = Status(200);
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
        Assert.Equal(Receiver.Events[0].Text, Receiver.Events[1].Text);
    }

    [Fact]
    public async Task Nobody_listening_is_tried_again()
    {
        var url = Receiver.Url;
        await Receiver.DisposeAsync();
        Zoom.Schedule(Teacher, TapClass);
        await Zoom.Deliveries.DrainAsync(Soon);

        var attempt = Assert.Single(Zoom.Deliveries.Log);
        Assert.Equal((DeliveryOutcome.Failed, null), (attempt.Outcome, attempt.Status));
        Assert.Equal(url, Zoom.WebhookUrl);
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
