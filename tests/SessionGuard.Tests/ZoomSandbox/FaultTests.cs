using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class FaultTests : SandboxTest
{
    public static TheoryData<string, string?> RetryAfters => new()
    {
        { "seconds", "7" }, { "billion", "1000000000" }, { "HTTP date", "Tue, 24 Nov 2026 12:01:00 GMT" },
        { "ISO date-time", "2026-11-24T12:01:00Z" }, { "absent", null },
    };

    [Theory, MemberData(nameof(RetryAfters))]
    public async Task Too_many_requests_comes_in_every_dress(string kind, string? retryAfter)
    {
        Zoom.Faults.Next(1, kind switch
        {
            "seconds" => Fault.TooManyRequests(7),
            "billion" => Fault.TooManyRequests(1_000_000_000),
            "HTTP date" => Fault.TooManyRequestsUntilHttpDate(Noon.AddMinutes(1)),
            "ISO date-time" => Fault.TooManyRequestsUntil(Noon.AddMinutes(1)),
            _ => Fault.TooManyRequests(),
        }, pathPrefix: "/v2");

        var answer = await SendAsync(HttpMethod.Get, "users");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(retryAfter, answer.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? Assert.Single(values) : null);
    }

    [Fact]
    public async Task Fault_meets_only_the_calls_it_is_meant_for_and_as_often_as_planned()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.Faults.Next(2, Fault.ServerError(), "PATCH", "/v2/meetings");

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, $"meetings/{meeting.Id}")).StatusCode);
        var patches = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SendAsync(HttpMethod.Patch, $"meetings/{meeting.Id}", [])));

        Assert.Equal(2, patches.Count(p => p.StatusCode == HttpStatusCode.InternalServerError));
    }

    [Fact]
    public async Task Silent_override_says_yes_and_does_nothing()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.Faults.Next(1, Fault.SilentOverride(), "PATCH");

        await PatchAsync(meeting, new JsonObject { ["settings"] = new JsonObject { ["waiting_room"] = true } });

        Assert.False((bool)(await GetAsync($"meetings/{meeting.Id}"))["settings"]!["waiting_room"]!);
        Assert.Empty(Raised("meeting.updated"));
    }

    [Fact]
    public async Task Hanging_call_has_no_answer_and_is_cut_off_when_the_sandbox_closes()
    {
        await TokenAsync();
        Zoom.Faults.Always(Fault.Hang(), pathPrefix: "/v2/users");

        var call = SendAsync(HttpMethod.Get, "users");
        await SendAsync(HttpMethod.Get, "meetings/86000000000");
        Assert.False(call.IsCompleted);
        await Zoom.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        Assert.DoesNotContain(Zoom.Calls, c => c.Path == "/v2/users" && c.Status != 0);
    }

    [Fact]
    public async Task Connection_closes_in_the_middle_of_a_body()
    {
        Zoom.Faults.Next(1, Fault.CloseMidBody(), pathPrefix: "/v2");

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(HttpMethod.Get, "users"));
    }

    [Fact]
    public async Task Answers_that_are_not_what_they_should_be()
    {
        Zoom.Faults.Next(1, Fault.TruncatedJson(), pathPrefix: "/v2");
        Zoom.Faults.Next(1, Fault.Html(), pathPrefix: "/v2");
        Zoom.Faults.Next(1, Fault.WrongContentType(), pathPrefix: "/v2");
        Zoom.Faults.Next(1, Fault.HugeBody(1_000_000), pathPrefix: "/v2");

        var truncated = await (await SendAsync(HttpMethod.Get, "users")).Content.ReadAsStringAsync();
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(truncated));
        Assert.Equal("text/html", (await SendAsync(HttpMethod.Get, "users")).Content.Headers.ContentType!.MediaType);
        Assert.Equal("application/octet-stream", (await SendAsync(HttpMethod.Get, "users")).Content.Headers.ContentType!.MediaType);
        Assert.True((await (await SendAsync(HttpMethod.Get, "users")).Content.ReadAsByteArrayAsync()).Length > 1_000_000);
    }

    [Fact]
    public async Task Refusals_have_their_codes()
    {
        Zoom.Faults.Next(1, Fault.TokenExpired(), pathPrefix: "/v2");
        Zoom.Faults.Next(1, Fault.ScopeGone(), pathPrefix: "/v2");
        Zoom.Faults.Next(1, Fault.NotFound(), pathPrefix: "/v2");
        Zoom.Faults.Next(1, Fault.DailyLimit(Noon.AddHours(12)), pathPrefix: "/v2");
        Zoom.Faults.Next(1, Fault.RedirectTo(new Uri("https://elsewhere.example/")), pathPrefix: "/v2");

        await AssertRefusedAsync(await SendAsync(HttpMethod.Get, "users"), HttpStatusCode.Unauthorized, 124);
        await AssertRefusedAsync(await SendAsync(HttpMethod.Get, "users"), HttpStatusCode.Forbidden, 4700);
        await AssertRefusedAsync(await SendAsync(HttpMethod.Get, "users"), HttpStatusCode.NotFound, 3001);
        await AssertRefusedAsync(await SendAsync(HttpMethod.Get, "users"), HttpStatusCode.TooManyRequests, 429);
        Assert.Equal("https://elsewhere.example/", (await SendAsync(HttpMethod.Get, "users")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "users")).StatusCode);
    }

    [Fact]
    public async Task Token_endpoint_can_fail_too()
    {
        Zoom.Faults.Next(1, Fault.ServerError(503), pathPrefix: "/oauth/token");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskForTokenAsync()).StatusCode);
    }

    [Fact]
    public async Task Every_call_is_written_down_as_it_came()
    {
        await SendAsync(HttpMethod.Get, "users?page_size=2");

        var call = Zoom.Calls[^1];
        Assert.Equal(("GET", "/v2/users", "page_size=2", 200, Noon), (call.Method, call.Path, call.Query, call.Status, call.At));
        Assert.Equal(Zoom.Address.Authority, call.HostHeader);
        Assert.Equal("/oauth/token", Zoom.Calls[^2].Path);
    }
}
