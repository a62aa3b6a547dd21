using System.Net;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class SecurityRuleTests : SandboxTest
{
    private static readonly JsonObject AllOff = new()
    {
        ["password"] = "",
        ["settings"] = new JsonObject { ["waiting_room"] = false, ["meeting_authentication"] = false },
    };

    [Fact]
    public async Task Switching_everything_off_turns_the_waiting_room_on_without_a_word()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);

        await PatchAsync(meeting, AllOff);

        var read = await GetAsync($"meetings/{meeting.Id}");
        Assert.False(read.ContainsKey("password"));
        Assert.True((bool)read["settings"]!["waiting_room"]!);
    }

    [Fact]
    public async Task Everything_can_be_off_where_the_account_has_given_up_the_rule()
    {
        Zoom.ChangeUserSettings(Teacher, "meeting_security", "auto_security", false);
        var meeting = Zoom.Schedule(Teacher, TapClass);

        await PatchAsync(meeting, AllOff);

        Assert.False((bool)(await GetAsync($"meetings/{meeting.Id}"))["settings"]!["waiting_room"]!);
    }

    [Fact]
    public async Task Locked_setting_wins_over_the_request()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.SetLock(SecurityOption.WaitingRoom, locked: true);

        await PatchAsync(meeting, new JsonObject { ["settings"] = new JsonObject { ["waiting_room"] = true } });

        Assert.False((bool)(await GetAsync($"meetings/{meeting.Id}"))["settings"]!["waiting_room"]!);
    }

    [Fact]
    public async Task Passcode_that_is_locked_on_cannot_be_taken_away()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.SetLock(SecurityOption.Passcode, locked: true);

        await PatchAsync(meeting, AllOff);

        Assert.NotEmpty((string)(await GetAsync($"meetings/{meeting.Id}"))["password"]!);
    }

    [Fact]
    public async Task Passcode_that_is_locked_off_cannot_be_set()
    {
        Zoom.ChangeUserSettings(Teacher, "meeting_security", "meeting_password", false);
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.SetLock(SecurityOption.Passcode, locked: true);

        await PatchAsync(meeting, new JsonObject { ["password"] = "tap-4Kz_9q" });

        Assert.False((await GetAsync($"meetings/{meeting.Id}")).ContainsKey("password"));
    }

    [Theory]
    [InlineData("tap-4Kz_9q", HttpStatusCode.NoContent)]
    [InlineData("tap-4Kz_9q1", HttpStatusCode.BadRequest)]
    [InlineData("tap 4", HttpStatusCode.BadRequest)]
    [InlineData("plié", HttpStatusCode.BadRequest)]
    [InlineData("tap!", HttpStatusCode.BadRequest)]
    public async Task Passcode_has_at_most_ten_allowed_characters(string passcode, HttpStatusCode status)
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);

        var answer = await SendAsync(HttpMethod.Patch, $"meetings/{meeting.Id}", new JsonObject { ["password"] = passcode });

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Join_link_changes_with_the_passcode()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Passcode = "first1" });
        var before = (string)(await GetAsync($"meetings/{meeting.Id}"))["join_url"]!;

        await PatchAsync(meeting, new JsonObject { ["password"] = "second2" });
        var after = (string)(await GetAsync($"meetings/{meeting.Id}"))["join_url"]!;

        Assert.Contains("?pwd=", before);
        Assert.Contains("?pwd=", after);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Join_link_has_no_passcode_where_the_host_keeps_it_out()
    {
        Zoom.ChangeUserSettings(Teacher, "schedule_meeting", "embed_password_in_join_link", false);

        Assert.DoesNotContain("pwd", Zoom.Schedule(Teacher, TapClass).JoinUrl);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, false, false)]
    [InlineData(false, null, false)]
    public async Task New_meeting_gets_a_passcode_when_host_and_request_allow_it(bool hostAsks, bool? defaultPassword, bool expected)
    {
        Zoom.ChangeUserSettings(Teacher, "schedule_meeting", "require_password_for_scheduling_new_meetings", hostAsks);
        var body = new JsonObject { ["topic"] = "Tap", ["type"] = 2, ["start_time"] = "2026-11-24T17:00:00Z" };
        if (defaultPassword is not null)
        {
            body["default_password"] = defaultPassword;
        }

        var created = await CallAsync(HttpMethod.Post, $"users/{Teacher}/meetings", body);

        Assert.Equal(expected, created!.ContainsKey("password"));
    }
}
