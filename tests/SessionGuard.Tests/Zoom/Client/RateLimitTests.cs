using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

public sealed class RateLimitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2")]
    [InlineData("Tue, 24 Nov 2026 12:00:02 GMT")]
    [InlineData("2026-11-24T12:00:02Z")]
    public async Task A_short_wait_is_waited_and_nothing_is_sent_before_it_is_over(string retryAfter)
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Limited(retryAfter), Reply.Ok);

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.NotNull(answer.Value);
        Assert.InRange(rig.Zoom.Calls[1].At - rig.Zoom.Calls[0].At, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));
    }

    [Theory]
    [InlineData("3600", "2026-11-24T13:00:00Z")]
    [InlineData("Tue, 24 Nov 2026 13:00:00 GMT", "2026-11-24T13:00:00Z")]
    [InlineData("2026-11-24T13:00:00Z", "2026-11-24T13:00:00Z")]
    [InlineData("2026-11-24T14:00:00.000+01:00", "2026-11-24T13:00:00Z")]
    [InlineData("1000000000", "2026-11-25T12:00:00Z")]
    [InlineData("Fri, 24 Nov 2056 12:00:00 GMT", "2026-11-25T12:00:00Z")]
    public async Task A_long_wait_is_handed_to_the_caller_and_kept(string retryAfter, string until)
    {
        var retryAt = DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture);
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Limited(retryAfter)).Always(Reply.Ok);

        var answer = await rig.GetAsync();
        Assert.Equal((ZoomFailure.RateLimited, retryAt), (answer.Failure, answer.Fault?.RetryAt));

        rig.Clock.Advance(retryAt - Noon - TimeSpan.FromSeconds(4));
        var tooEarly = await rig.GetAsync();
        Assert.Equal((ZoomFailure.RateLimited, retryAt), (tooEarly.Failure, tooEarly.Fault?.RetryAt));
        Assert.Single(rig.Zoom.Calls);

        rig.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.NotNull((await rig.GetAsync()).Value);
    }

    [Fact]
    public async Task A_call_that_comes_shortly_before_the_end_of_the_wait_waits_for_it()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Limited("60")).Always(Reply.Ok);
        await rig.GetAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(58));

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.NotNull(answer.Value);
        Assert.True(rig.Zoom.Calls[1].At >= Noon + TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    public async Task Without_a_usable_time_the_waits_are_our_own(string? retryAfter)
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Limited(retryAfter));

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.Equal((ZoomFailure.RateLimited, null), (answer.Failure, answer.Fault?.RetryAt));
        Assert.Equal(3, rig.Zoom.Calls.Count);
        Assert.True(rig.Zoom.Calls[2].At > rig.Zoom.Calls[0].At);
    }

    [Fact]
    public async Task A_server_that_is_down_for_a_while_is_believed_too()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Json("{}", 503, "600"));

        var answer = await rig.GetAsync();

        Assert.Equal((ZoomFailure.Unavailable, Noon + TimeSpan.FromMinutes(10)), (answer.Failure, answer.Fault?.RetryAt));
        Assert.Equal(ZoomFailure.RateLimited, (await rig.GetAsync()).Failure);
        Assert.Single(rig.Zoom.Calls);
    }

    [Fact]
    public async Task One_schools_limit_is_not_anothers()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Limited("3600")).Always(Reply.Ok);

        await rig.GetAsync();

        Assert.NotNull((await rig.GetAsync(ZoomRig.MakeSchool("birch", "other"))).Value);
    }

    [Fact]
    public async Task A_limit_on_tokens_is_a_limit_on_everything()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Token = Reply.Limited("3600");

        Assert.Equal(ZoomFailure.RateLimited, (await rig.GetAsync()).Failure);
        Assert.Equal(ZoomFailure.RateLimited, (await rig.GetAsync()).Failure);

        Assert.Equal((1, 0), (rig.Zoom.TokenRequests, rig.Zoom.Calls.Count));
    }
}
