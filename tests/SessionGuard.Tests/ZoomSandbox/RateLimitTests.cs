using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class RateLimitTests : SandboxTest
{
    [Theory]
    [InlineData(30, HttpStatusCode.OK)]
    [InlineData(31, HttpStatusCode.TooManyRequests)]
    public async Task Pro_account_makes_thirty_light_calls_a_second(int calls, HttpStatusCode last)
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);

        Assert.Equal(last, await LastOfAsync(calls, () => SendAsync(HttpMethod.Get, $"meetings/{meeting.Id}")));

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, $"meetings/{meeting.Id}")).StatusCode);
    }

    [Fact]
    public async Task Hundred_and_first_write_to_a_host_waits_until_midnight_utc()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        for (var i = 0; i < 100; i++)
        {
            await PatchAsync(meeting, new JsonObject { ["topic"] = i.ToString(CultureInfo.InvariantCulture) });
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var answer = await SendAsync(HttpMethod.Patch, $"meetings/{meeting.Id}", new JsonObject { ["topic"] = "once more" });

        await AssertRefusedAsync(answer, HttpStatusCode.TooManyRequests, 429);
        Assert.Equal("Daily-limit", Assert.Single(answer.Headers.GetValues("X-RateLimit-Type")));
        Assert.Equal("2026-11-25T00:00:00Z", Assert.Single(answer.Headers.NonValidated["Retry-After"]));

        Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Patch, $"meetings/{meeting.Id}", [], await TokenAsync())).StatusCode);
    }

    [Fact]
    public async Task Same_registrant_can_be_added_three_times_a_day()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        var body = new JsonObject { ["email"] = "parent.one@family.example", ["first_name"] = "Poppy" };

        var last = await LastOfAsync(3, () => SendAsync(HttpMethod.Post, $"meetings/{meeting.Id}/registrants", body));
        var fourth = await SendAsync(HttpMethod.Post, $"meetings/{meeting.Id}/registrants", body);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.TooManyRequests), (last, fourth.StatusCode));
    }

    [Fact]
    public async Task Registrants_status_changes_ten_times_a_day()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        var registrant = Zoom.Register(meeting.Id, "Poppy", "R", "parent.one@family.example");
        var body = new JsonObject { ["action"] = "deny", ["registrants"] = new JsonArray(new JsonObject { ["id"] = registrant.Id }) };

        var last = await LastOfAsync(10, () => SendAsync(HttpMethod.Put, $"meetings/{meeting.Id}/registrants/status", body));
        var eleventh = await SendAsync(HttpMethod.Put, $"meetings/{meeting.Id}/registrants/status", body);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.TooManyRequests), (last, eleventh.StatusCode));
    }

    internal static async Task<HttpStatusCode> LastOfAsync(int calls, Func<Task<HttpResponseMessage>> call)
    {
        var last = HttpStatusCode.Unused;
        for (var i = 0; i < calls; i++)
        {
            last = (await call()).StatusCode;
        }

        return last;
    }
}

public sealed class FreePlanTests : SandboxTest
{
    protected override SandboxOptions Configure(SandboxOptions options) => options with { Plan = SandboxPlan.Free, RateLimitHeaders = false };

    [Theory]
    [InlineData(2, HttpStatusCode.OK)]
    [InlineData(3, HttpStatusCode.TooManyRequests)]
    public async Task Free_account_makes_two_medium_calls_a_second(int calls, HttpStatusCode last) =>
        Assert.Equal(last, await RateLimitTests.LastOfAsync(calls, () => SendAsync(HttpMethod.Get, "users")));

    [Fact]
    public async Task Limit_may_come_without_any_header()
    {
        await RateLimitTests.LastOfAsync(2, () => SendAsync(HttpMethod.Get, "users"));

        var answer = await SendAsync(HttpMethod.Get, "users");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("X-RateLimit", StringComparison.OrdinalIgnoreCase) || h.Key == "Retry-After");
    }

    [Fact]
    public async Task Registration_and_past_participants_are_for_paid_accounts()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        Zoom.Start(meeting.Id);
        Zoom.End(meeting.Id);

        Assert.False(meeting.HasRegistration);
        await AssertRefusedAsync(await SendAsync(HttpMethod.Post, $"meetings/{meeting.Id}/registrants", []), HttpStatusCode.BadRequest, 200);
        await AssertRefusedAsync($"past_meetings/{meeting.Id}/participants", HttpStatusCode.BadRequest, 200);
    }

    [Fact]
    public void Events_that_need_a_paid_plan_are_not_raised()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.Change(meeting.Id, m => m.Topic = "Tap");
        Zoom.Delete(meeting.Id);

        Assert.Equal(["meeting.created", "meeting.updated"], Zoom.Deliveries.Raised.Select(r => r.Name));
    }
}
