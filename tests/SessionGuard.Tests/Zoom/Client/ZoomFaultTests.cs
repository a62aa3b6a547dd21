using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

/// <summary>Everything an API behind a network can do wrong, and what the caller is told.</summary>
public sealed class ZoomFaultTests
{
    [Fact]
    public async Task One_failure_of_the_server_is_tried_again_and_forgotten()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Error(500, 0), Reply.Ok);

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.NotNull(answer.Value);
        Assert.Null(answer.Fault);
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_tried_three_times()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Error(500, 0));

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.Equal(ZoomFailure.Unavailable, answer.Failure);
        Assert.Equal(3, rig.Zoom.Calls.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_falls_silent_is_given_up_after_ten_seconds_in_all(bool inTheMiddle)
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(inTheMiddle ? Reply.HangHalfWay : Reply.Hang);
        var start = rig.Clock.GetUtcNow();

        var call = rig.GetAsync();
        await rig.Zoom.ArrivalAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(4));
        await rig.Clock.PassPauseAsync();
        await rig.Zoom.ArrivalAsync();
        rig.Clock.Advance(start + TimeSpan.FromSeconds(10) - rig.Clock.GetUtcNow());

        Assert.Equal(ZoomFailure.Unavailable, (await call).Failure);
        Assert.InRange(rig.Zoom.Calls.Count, 2, 3);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_not_an_answer()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Hang);
        using var caller = new CancellationTokenSource();

        var call = rig.Client.GetMeetingAsync(rig.School, Reply.MeetingId, caller.Token);
        await rig.Zoom.ArrivalAsync();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_connection_closed_in_the_middle_of_the_body_is_tried_again()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.CutOff, Reply.CutOff, Reply.Ok);

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.Equal(Reply.MeetingId, answer.Value?.Id);
        Assert.Equal(3, rig.Zoom.Calls.Count);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unavailable()
    {
        await using var rig = await ZoomRig.StartAsync();
        await rig.Zoom.DisposeAsync();

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.Equal(ZoomFailure.Unavailable, answer.Failure);
    }

    [Theory]
    [InlineData("JSON that stops half-way", """{"id":86014725390,"host_id":"x","ty""", "application/json")]
    [InlineData("a page instead of an answer", "<html>Please sign in</html>", "text/html")]
    [InlineData("JSON under a wrong name", Reply.Meeting, "text/plain")]
    [InlineData("JSON under no name", Reply.Meeting, null)]
    [InlineData("nothing at all", "", "application/json")]
    [InlineData("null", "null", "application/json")]
    [InlineData("a list", "[]", "application/json")]
    [InlineData("a number that is none", """{"id":"abc","host_id":"x","type":2,"settings":{}}""", "application/json")]
    [InlineData("an instant that is none", """{"id":1,"host_id":"x","type":2,"start_time":"soon","settings":{}}""", "application/json")]
    [InlineData("an object for a word", """{"id":1,"host_id":{"a":1},"type":2,"settings":{}}""", "application/json")]
    [InlineData("a truth for a word", """{"id":1,"host_id":true,"type":2,"settings":{}}""", "application/json")]
    [InlineData("a meeting without settings", """{"id":1,"host_id":"x","type":2}""", "application/json")]
    [InlineData("a meeting whose settings are null", """{"id":1,"host_id":"x","type":2,"settings":null}""", "application/json")]
    public async Task An_answer_that_cannot_be_read_is_unavailable_never_half_a_meeting(string because, string body, string? type)
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Text(body, type));

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.True(answer.Failure is ZoomFailure.Unavailable, because);
        Assert.Null(answer.Value);
    }

    [Fact]
    public async Task A_page_that_says_200_is_not_taken_for_a_change_that_was_made()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Text("<html>Please sign in</html>", "text/html"));

        var answer = await rig.Clock.PassingPausesAsync(rig.Client.EndMeetingAsync(rig.School, 1, rig.Bound));

        Assert.Equal(ZoomFailure.Unavailable, answer.Failure);
    }

    [Theory]
    [InlineData(403, 0, ZoomFailure.Refused)]
    [InlineData(401, 4700, ZoomFailure.Refused)]
    [InlineData(400, 4711, ZoomFailure.Refused)]
    [InlineData(400, 200, ZoomFailure.Refused)]
    [InlineData(400, 3161, ZoomFailure.Refused)]
    [InlineData(404, 3001, ZoomFailure.NotFound)]
    [InlineData(404, 1001, ZoomFailure.NotFound)]
    [InlineData(400, 1010, ZoomFailure.NotFound)]
    [InlineData(400, 300, ZoomFailure.Invalid)]
    [InlineData(409, 300, ZoomFailure.Invalid)]
    internal async Task A_plain_no_is_asked_once_and_passed_on(int status, int code, ZoomFailure expected)
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Error(status, code));

        var answer = await rig.GetAsync();

        Assert.Equal((expected, status, code), (answer.Failure, answer.Fault?.Status, answer.Fault?.Code));
        Assert.Single(rig.Zoom.Calls);
    }

    [Fact]
    public async Task The_detail_names_missing_scopes_and_wrong_fields_but_never_Zooms_own_words()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(
            Reply.Error(400, 4711, "Invalid access token, does not contain scopes:[meeting:read:meeting:admin]."),
            Reply.Json("""{"code":300,"message":"Bad canary@home.example","errors":[{"field":"settings.approval_type","message":"canary"}]}""", 400),
            Reply.Error(404, 1001, "User does not exist: canary@home.example."));

        Assert.Equal("Zoom answered 400, code 4711: the app lacks the scope meeting:read:meeting:admin.", (await rig.GetAsync()).Fault?.Detail);
        Assert.Equal("Zoom answered 400, code 300: settings.approval_type.", (await rig.GetAsync()).Fault?.Detail);
        Assert.Equal("Zoom answered 404, code 1001.", (await rig.GetAsync()).Fault?.Detail);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var rig = await ZoomRig.StartAsync();
        await using var elsewhere = await FakeZoom.StartAsync(rig.Clock);
        rig.Zoom.Always(Reply.Elsewhere(new Uri(elsewhere.Address, "v2/meetings/1")));

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.Equal(ZoomFailure.Unavailable, answer.Failure);
        Assert.Equal(0, elsewhere.Calls.Count + elsewhere.TokenRequests);
    }

    [Fact]
    public async Task A_token_request_is_not_redirected_with_its_credentials()
    {
        await using var rig = await ZoomRig.StartAsync();
        await using var elsewhere = await FakeZoom.StartAsync(rig.Clock);
        rig.Zoom.Token = Reply.Elsewhere(new Uri(elsewhere.Address, "oauth/token"));

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.Equal(ZoomFailure.Unavailable, answer.Failure);
        Assert.Equal(0, elsewhere.Calls.Count + elsewhere.TokenRequests);
    }

    [Fact]
    public async Task A_write_that_would_happen_twice_is_sent_once()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Error(500, 0));

        var answer = await rig.Client.AddRegistrantAsync(rig.School, 1, new NewRegistrant("seat@alder.example", "Poppy"), rig.Bound);

        Assert.Equal(ZoomFailure.Unavailable, answer.Failure);
        Assert.Single(rig.Zoom.Calls);
    }

    [Fact]
    public async Task A_school_that_is_not_connected_costs_no_request()
    {
        await using var rig = await ZoomRig.StartAsync();

        var answer = await rig.GetAsync(rig.School with { Parts = [] });

        Assert.Equal(ZoomFailure.NotConnected, answer.Failure);
        Assert.Equal(0, rig.Zoom.Calls.Count + rig.Zoom.TokenRequests);
    }

    [Fact]
    public async Task After_ten_failures_in_a_row_a_school_leaves_Zoom_alone_for_a_moment_and_other_schools_go_on()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Error(500, 0));
        for (var call = 0; call < 4; call++)
        {
            var asked = await rig.Clock.PassingPausesAsync(rig.GetAsync());
            Assert.Equal((ZoomFailure.Unavailable, false), (asked.Failure, asked.Fault?.IsUnsent));
        }

        var open = await rig.GetAsync();
        Assert.Equal((ZoomFailure.Unavailable, true), (open.Failure, open.Fault?.IsUnsent));
        Assert.Equal(10, rig.Zoom.Calls.Count);

        rig.Zoom.Always(Reply.Ok);
        Assert.NotNull((await rig.GetAsync(ZoomRig.MakeSchool("birch", "other"))).Value);
        rig.Clock.Advance(open.Fault!.RetryAt!.Value - rig.Clock.GetUtcNow());
        Assert.NotNull((await rig.GetAsync()).Value);
    }
}
