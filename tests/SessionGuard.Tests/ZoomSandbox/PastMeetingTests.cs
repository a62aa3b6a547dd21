using System.Net;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class PastMeetingTests : SandboxTest
{
    [Fact]
    public async Task Report_has_a_row_for_each_connection_in_seconds()
    {
        var meeting = PlayClass();

        var rows = (await GetAsync($"report/meetings/{meeting.Id}/participants?include_fields=registrant_id"))["participants"]!.AsArray();

        Assert.Equal(
            [("Miss Alder", "in_meeting", 2700), ("Poppy R", "in_waiting_room", 60), ("Poppy R", "in_meeting", 1200)],
            rows.Select(r => ((string)r!["name"]!, (string)r["status"]!, (int)r["duration"]!)));
        Assert.Equal("", (string?)rows[1]!["user_email"]);
        Assert.Equal("", (string?)rows[1]!["registrant_id"]);
    }

    [Theory]
    [InlineData("/zDD4kjuqnlFs81TKbC4WA==", "%252FzDD4kjuqnlFs81TKbC4WA%253D%253D", HttpStatusCode.OK)]
    [InlineData("/zDD4kjuqnlFs81TKbC4WA==", "%2FzDD4kjuqnlFs81TKbC4WA%3D%3D", HttpStatusCode.NotFound)]
    [InlineData("zDD4//uqnlFs81TKbC4WAA==", "zDD4%252F%252FuqnlFs81TKbC4WAA%253D%253D", HttpStatusCode.OK)]
    [InlineData("zDD4//uqnlFs81TKbC4WAA==", "zDD4%2F%2FuqnlFs81TKbC4WAA%3D%3D", HttpStatusCode.NotFound)]
    [InlineData("JcuwbOU0XxQnQHhQed3GnA==", "JcuwbOU0XxQnQHhQed3GnA%3D%3D", HttpStatusCode.OK)]
    [InlineData("Jcu+bOU0/xQnQHhQed3GnA==", "Jcu%2BbOU0%2FxQnQHhQed3GnA%3D%3D", HttpStatusCode.OK)]
    public async Task Uuid_with_awkward_slashes_must_be_encoded_twice(string uuid, string inPath, HttpStatusCode status)
    {
        PlayClass(uuid);

        var answer = await SendAsync(HttpMethod.Get, $"past_meetings/{inPath}/participants");

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Meeting_id_means_the_latest_run_and_all_runs_are_listed()
    {
        var meeting = PlayClass("JcuwbOU0XxQnQHhQed3GnA==");
        Zoom.Start(meeting.Id, "X8WuY+/tHX9e+SsFlY8RBA==");
        Zoom.End(meeting.Id);

        Assert.Equal("X8WuY+/tHX9e+SsFlY8RBA==", (string?)(await GetAsync($"past_meetings/{meeting.Id}"))["uuid"]);
        Assert.Equal(2, (await GetAsync($"past_meetings/{meeting.Id}/instances"))["meetings"]!.AsArray().Count);
    }

    [Fact]
    public async Task Meeting_of_one_has_no_report()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.Join(meeting.Id, JoinMeeting.User(Host));
        Zoom.End(meeting.Id);

        Assert.Empty((await GetAsync($"past_meetings/{meeting.Id}/participants"))["participants"]!.AsArray());
        await AssertRefusedAsync($"report/meetings/{meeting.Id}/participants", HttpStatusCode.NotFound, 3001);
    }

    [Fact]
    public async Task Meeting_that_still_runs_has_no_past()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.Start(meeting.Id);

        await AssertRefusedAsync($"past_meetings/{meeting.Id}", HttpStatusCode.NotFound, 3001);
    }

    [Fact]
    public async Task Meeting_older_than_a_year_is_code_12702()
    {
        var meeting = PlayClass();
        Clock.Advance(TimeSpan.FromDays(366));

        await AssertRefusedAsync($"past_meetings/{meeting.Id}", HttpStatusCode.BadRequest, 12702);
    }

    private SandboxMeeting PlayClass(string? uuid = null)
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { WaitingRoom = true });
        Zoom.Start(meeting.Id, uuid);
        Zoom.Join(meeting.Id, JoinMeeting.User(Host));
        var child = Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Zoom.Admit(child);
        Clock.Advance(TimeSpan.FromMinutes(20));
        Zoom.Leave(child);
        Clock.Advance(TimeSpan.FromMinutes(24));
        Zoom.End(meeting.Id);
        return meeting;
    }
}
