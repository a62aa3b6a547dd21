using System.Net;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class MeetingCallTests : SandboxTest
{
    private static readonly ScheduleMeeting Ballet = TapClass with { Topic = "Primary Ballet", Recurrence = MeetingRecurrence.Weekly(4) };

    [Theory]
    [InlineData("GET", "meetings/86000000000", HttpStatusCode.NotFound, 3001)]
    [InlineData("DELETE", "meetings/86000000000", HttpStatusCode.NotFound, 3001)]
    [InlineData("GET", "meetings/abc", HttpStatusCode.BadRequest, 300)]
    [InlineData("POST", "meetings/86000000000/registrants", HttpStatusCode.NotFound, 1001)]
    [InlineData("GET", "users/nobody@academy.example/meetings", HttpStatusCode.NotFound, 1001)]
    [InlineData("GET", "users/me/settings", HttpStatusCode.NotFound, 1001)]
    [InlineData("GET", "past_meetings/86000000000", HttpStatusCode.NotFound, 3001)]
    [InlineData("GET", "report/meetings/86000000000/participants", HttpStatusCode.NotFound, 3001)]
    [InlineData("GET", "no/such/path", HttpStatusCode.NotFound, 2300)]
    public async Task What_is_not_there_has_its_own_code(string method, string path, HttpStatusCode status, int code) =>
        await AssertRefusedAsync(await SendAsync(new HttpMethod(method), path, []), status, code);

    [Fact]
    public async Task Host_without_hosting_rights_is_code_3161()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Host.MayHost = false;

        await AssertRefusedAsync($"meetings/{meeting.Id}", HttpStatusCode.BadRequest, 3161);
    }

    [Fact]
    public async Task Personal_room_cannot_be_deleted() => await AssertRefusedAsync(
        await SendAsync(HttpMethod.Delete, $"meetings/{Host.PersonalMeetingId}"), HttpStatusCode.BadRequest, 3018);

    [Theory]
    [InlineData("2026-11-24T11:59:59Z", "2026-11-24T17:00:00Z")]
    [InlineData("2026-11-24T18:00:00Z", "2026-11-24T18:00:00Z")]
    [InlineData("2027-07-06T18:00:00", "2027-07-06T17:00:00Z")]
    public async Task Past_start_is_ignored_and_one_without_zone_is_local(string asked, string kept)
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);

        await PatchAsync(meeting, new JsonObject { ["start_time"] = asked });

        Assert.Equal(kept, (string?)(await GetAsync($"meetings/{meeting.Id}"))["start_time"]);
    }

    [Fact]
    public async Task Body_with_one_bad_setting_changes_nothing()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        var body = new JsonObject { ["topic"] = "New", ["settings"] = new JsonObject { ["approval_type"] = 7 } };

        await AssertRefusedAsync(await SendAsync(HttpMethod.Patch, $"meetings/{meeting.Id}", body), HttpStatusCode.BadRequest, 300);

        Assert.Equal(TapClass.Topic, meeting.Topic);
    }

    [Fact]
    public async Task One_date_takes_its_own_time_and_settings_but_never_a_passcode()
    {
        var meeting = Zoom.Schedule(Teacher, Ballet with { Passcode = "plie@26" });
        var second = meeting.Occurrences[1].OccurrenceId;

        await CallAsync(HttpMethod.Patch, $"meetings/{meeting.Id}?occurrence_id={second}", new JsonObject
        {
            ["start_time"] = "2026-12-01T17:30:00Z",
            ["password"] = "changed1",
            ["settings"] = new JsonObject { ["waiting_room"] = true, ["approval_type"] = 0 },
        });

        var date = await GetAsync($"meetings/{meeting.Id}?occurrence_id={second}");
        Assert.Equal("2026-12-01T17:30:00Z", (string?)date["start_time"]);
        Assert.True((bool)date["settings"]!["waiting_room"]!);
        Assert.Equal(2, (int)date["settings"]!["approval_type"]!);
        Assert.Equal("plie@26", (string?)date["password"]);
        Assert.False((bool)(await GetAsync($"meetings/{meeting.Id}"))["settings"]!["waiting_room"]!);
        var updated = Assert.Single(Raised("meeting.updated"));
        Assert.Equal("single", (string?)updated["payload"]!["scope"]);
        Assert.Equal(second, (string?)updated["payload"]!["object"]!["occurrences"]![0]!["occurrence_id"]);
    }

    [Fact]
    public async Task Deleted_date_stays_listed_as_deleted()
    {
        var meeting = Zoom.Schedule(Teacher, Ballet);
        var second = meeting.Occurrences[1].OccurrenceId;

        await CallAsync(HttpMethod.Delete, $"meetings/{meeting.Id}?occurrence_id={second}");

        var statuses = (await GetAsync($"meetings/{meeting.Id}"))["occurrences"]!.AsArray().Select(o => (string?)o!["status"]);
        Assert.Equal(["available", "deleted", "available", "available"], statuses);
        await AssertRefusedAsync(await SendAsync(HttpMethod.Delete, $"meetings/{meeting.Id}?occurrence_id={second}"), HttpStatusCode.BadRequest, 300);
    }

    [Fact]
    public async Task Dates_that_are_over_are_shown_only_on_request()
    {
        var meeting = Zoom.Schedule(Teacher, Ballet);
        Clock.Advance(TimeSpan.FromDays(8));
        var token = await TokenAsync();

        async Task<int> CountAsync(string query)
        {
            var answer = await SendAsync(HttpMethod.Get, $"meetings/{meeting.Id}{query}", token: token);
            return Json(await answer.Content.ReadAsStringAsync())["occurrences"]!.AsArray().Count;
        }

        Assert.Equal((2, 4), (await CountAsync(""), await CountAsync("?show_previous_occurrences=true")));
    }

    [Fact]
    public async Task Deleted_meeting_is_gone_until_it_is_recovered()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        await CallAsync(HttpMethod.Delete, $"meetings/{meeting.Id}");
        await AssertRefusedAsync($"meetings/{meeting.Id}", HttpStatusCode.NotFound, 3001);

        await CallAsync(HttpMethod.Put, $"meetings/{meeting.Id}/status", new JsonObject { ["action"] = "recover" });

        Assert.Equal(TapClass.Topic, (string?)(await GetAsync($"meetings/{meeting.Id}"))["topic"]);
        Assert.Single(Raised("meeting.recovered"));
    }

    [Fact]
    public async Task Status_end_sends_everyone_home()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.Join(meeting.Id, JoinMeeting.User(Host));
        Assert.Equal("started", (string?)(await GetAsync($"meetings/{meeting.Id}"))["status"]);

        await CallAsync(HttpMethod.Put, $"meetings/{meeting.Id}/status", new JsonObject { ["action"] = "end" });

        Assert.Equal("waiting", (string?)(await GetAsync($"meetings/{meeting.Id}"))["status"]);
        var left = Assert.Single(Raised("meeting.participant_left"));
        Assert.Contains("Host ended the meeting.", (string?)left["payload"]!["object"]!["participant"]!["leave_reason"]);
        Assert.Single(Raised("meeting.ended"));
    }

    [Fact]
    public async Task Meeting_of_more_than_thirty_days_ago_is_forgotten()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Clock.Advance(TimeSpan.FromDays(30.5));

        await AssertRefusedAsync($"meetings/{meeting.Id}", HttpStatusCode.NotFound, 3001, await TokenAsync());
    }

    [Fact]
    public void Weekly_class_keeps_its_local_time_when_the_clocks_change()
    {
        var start = new DateTimeOffset(2027, 3, 23, 17, 0, 0, TimeSpan.Zero);

        var meeting = Zoom.Schedule(Teacher, Ballet with { Start = start, Recurrence = MeetingRecurrence.Weekly(2) });

        Assert.Equal([start, new DateTimeOffset(2027, 3, 30, 16, 0, 0, TimeSpan.Zero)], meeting.Occurrences.Select(o => o.Start));
    }

    [Theory]
    [InlineData("upcoming", new[] { "Tap in an hour", "Ballet", "Ballet" })]
    [InlineData("previous_meetings", new[] { "Tap yesterday" })]
    [InlineData("scheduled", new[] { "Tap yesterday", "Tap in an hour", "Ballet", "Ballet" })]
    [InlineData("live", new string[0])]
    public async Task List_has_an_item_for_each_date_and_no_passcodes(string type, string[] topics)
    {
        Zoom.Schedule(Teacher, TapClass with { Topic = "Tap yesterday", Start = Noon.AddDays(-1) });
        Zoom.Schedule(Teacher, TapClass with { Topic = "Tap in an hour", Start = Noon.AddHours(1) });
        Zoom.Schedule(Teacher, Ballet with { Topic = "Ballet", Recurrence = MeetingRecurrence.Weekly(2) });
        Zoom.Schedule(Teacher, TapClass with { Topic = "Instant", Type = MeetingType.Instant });

        var meetings = (await GetAsync($"users/{Teacher}/meetings?type={type}"))["meetings"]!.AsArray();

        Assert.Equal(topics, meetings.Select(m => (string?)m!["topic"]));
        Assert.All(meetings, m => Assert.False(m!.AsObject().ContainsKey("password")));
    }

    [Fact]
    public async Task Pages_end_with_an_empty_token_and_a_token_belongs_to_its_query()
    {
        for (var i = 0; i < 5; i++)
        {
            Zoom.Schedule(Teacher, TapClass with { Start = Noon.AddHours(i + 1) });
        }

        var first = await GetAsync($"users/{Teacher}/meetings?page_size=3");
        var token = (string)first["next_page_token"]!;
        var second = await GetAsync($"users/{Teacher}/meetings?page_size=3&next_page_token={token}");

        Assert.Equal((3, 2), (first["meetings"]!.AsArray().Count, second["meetings"]!.AsArray().Count));
        Assert.Equal("", (string?)second["next_page_token"]);
        await AssertRefusedAsync($"users/{Teacher}/meetings?page_size=2&next_page_token={token}", HttpStatusCode.BadRequest, 300);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await AssertRefusedAsync($"users/{Teacher}/meetings?page_size=3&next_page_token={token}", HttpStatusCode.BadRequest, 300);
    }

    [Fact]
    public async Task Settings_have_another_shape_for_each_option_and_a_change_is_an_event()
    {
        var chatOff = Json("""{"in_meeting":{"private_chat":false,"unknown":1}}""");
        var waitingRoomOn = Json("""{"meeting_security":{"waiting_room":true}}""");

        await CallAsync(HttpMethod.Patch, $"users/{Teacher}/settings", chatOff);
        await CallAsync(HttpMethod.Patch, $"users/{Host.Id}/settings?option=meeting_security", waitingRoomOn);

        var settings = await GetAsync($"users/{Teacher}/settings");
        var security = await GetAsync($"users/{Teacher}/settings?option=meeting_security");

        Assert.False((bool)settings["in_meeting"]!["private_chat"]!);
        Assert.True((bool)settings["in_meeting"]!["waiting_room"]!);
        Assert.Null(settings["in_meeting"]!["unknown"]);
        Assert.Null(settings["meeting_security"]);
        Assert.True((bool)security["meeting_security"]!["waiting_room"]!);
        var changed = Raised("user.settings_updated")[0]["payload"]!["object"]!["settings"]!;
        Assert.Equal("""{"in_meeting":{"private_chat":false}}""", changed.ToJsonString());
    }
}
