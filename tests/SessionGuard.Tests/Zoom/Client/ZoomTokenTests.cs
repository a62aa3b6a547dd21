using Microsoft.AspNetCore.Http;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

public sealed class ZoomTokenTests
{
    [Fact]
    public async Task Fifty_first_calls_at_once_ask_for_one_token()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Ok);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => rig.GetAsync()));

        Assert.All(answers, a => Assert.NotNull(a.Value));
        Assert.Equal((1, 50), (rig.Zoom.TokenRequests, rig.Zoom.Calls.Count));
    }

    [Fact]
    public async Task Fifty_calls_that_meet_an_expired_token_at_once_ask_for_one_new_token_and_all_succeed()
    {
        const int Calls = 50;
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Ok).Always(RefuseTheFirstToken(Calls));
        await rig.GetAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => rig.GetAsync()));

        Assert.All(answers, a => Assert.NotNull(a.Value));
        Assert.Equal(2, rig.Zoom.TokenRequests);
        Assert.Equal(1 + (2 * Calls), rig.Zoom.Calls.Count);
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_is_not_asked_for_a_third_time()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Error(401, ZoomFaults.TokenExpired));

        var answer = await rig.GetAsync();

        Assert.Equal(ZoomFailure.Refused, answer.Failure);
        Assert.Equal((2, 2), (rig.Zoom.TokenRequests, rig.Zoom.Calls.Count));
    }

    [Fact]
    public async Task An_old_token_that_lacks_a_scope_is_exchanged_once_for_one_that_may_have_it()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Ok);
        await rig.GetAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(10));
        rig.Zoom.Answers(Reply.Error(401, 4700), Reply.Ok);

        Assert.NotNull((await rig.GetAsync()).Value);
        Assert.Equal("Bearer token-2", rig.Zoom.Calls[^1].Authorization);
    }

    [Theory]
    [InlineData(3600, 3539, 3540)]
    [InlineData(30, 14, 15)]
    public async Task A_token_is_renewed_before_it_ends(int life, int stillGood, int renewed)
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Ok);
        rig.Zoom.Token = Reply.Token("any", life);

        await rig.GetAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(stillGood));
        await rig.GetAsync();
        Assert.Equal(1, rig.Zoom.TokenRequests);

        rig.Clock.Advance(TimeSpan.FromSeconds(renewed - stillGood));
        await rig.GetAsync();
        Assert.Equal(2, rig.Zoom.TokenRequests);
    }

    [Fact]
    public async Task Wrong_credentials_are_refused_remembered_for_a_minute_and_forgotten_with_new_ones()
    {
        await using var rig = await ZoomRig.StartAsync();
        var good = rig.Zoom.Token;
        rig.Zoom.Always(Reply.Ok).Token = Reply.Json("""{"reason":"Invalid client_id or client_secret","error":"invalid_client"}""", 401);

        Assert.Equal(ZoomFailure.Refused, (await rig.GetAsync()).Failure);
        rig.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(ZoomFailure.Refused, (await rig.GetAsync()).Failure);
        Assert.Equal((1, 0), (rig.Zoom.TokenRequests, rig.Zoom.Calls.Count));

        rig.Zoom.Token = good;
        var corrected = rig.School with { Parts = [rig.School.Zoom! with { ClientSecret = "corrected" }] };
        Assert.NotNull((await rig.GetAsync(corrected)).Value);
    }

    [Fact]
    public async Task A_caller_that_leaves_does_not_take_the_token_request_along()
    {
        await using var rig = await ZoomRig.StartAsync();
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.Zoom.Always(Reply.Ok).Token = async context =>
        {
            asked.TrySetResult();
            await go.Task;
            await Reply.Token("late")(context);
        };
        using var leaving = new CancellationTokenSource();

        var leaver = rig.Client.GetMeetingAsync(rig.School, 1, leaving.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var stayer = rig.GetAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        go.SetResult();

        Assert.NotNull((await stayer).Value);
        Assert.Equal(1, rig.Zoom.TokenRequests);
    }

    [Fact]
    public async Task The_token_is_asked_for_as_Zoom_documents_it_and_tells_its_scopes()
    {
        await using var rig = await ZoomRig.StartAsync();
        string? seen = null;
        var give = rig.Zoom.Token;
        rig.Zoom.Token = context =>
        {
            seen = context.Request.Headers.Authorization + " " + context.Request.ContentType;
            return give(context);
        };

        var scopes = await rig.Client.GetScopesAsync(rig.School, rig.Bound);

        Assert.Equal("Basic " + Convert.ToBase64String("alder-client:client-secret-canary"u8) + " application/x-www-form-urlencoded", seen);
        Assert.Equal("grant_type=account_credentials&account_id=alder-account", rig.Zoom.LastTokenBody);
        Assert.Equal(["meeting:read:meeting:admin", "user:read:user:admin"], scopes.Value!.Order(StringComparer.Ordinal));
    }

    /// <summary>Refuses the first token, once that many calls have arrived with it; takes any other.</summary>
    private static RequestDelegate RefuseTheFirstToken(int calls)
    {
        var all = new CountdownEvent(calls);
        var allAreHere = new TaskCompletionSource();
        return async context =>
        {
            if (context.Request.Headers.Authorization != "Bearer token-1")
            {
                await Reply.Ok(context);
                return;
            }

            if (all.Signal())
            {
                allAreHere.SetResult();
            }

            await allAreHere.Task;
            await Reply.Error(401, ZoomFaults.TokenExpired)(context);
        };
    }
}
