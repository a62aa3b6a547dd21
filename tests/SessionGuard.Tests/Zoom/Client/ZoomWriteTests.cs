using System.Text.Json.Nodes;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

/// <summary>What is sent to Zoom to change something.</summary>
public sealed class ZoomWriteTests
{
    [Fact]
    public async Task A_change_sends_what_it_names_and_nothing_else()
    {
        await using var app = await ZoomApp.StartAsync(StorageEngine.Sqlite);
        app.Zoom.Always(Reply.NoContent);
        var patch = new MeetingPatch { Passcode = new Secret("safe-Pass1"), WaitingRoom = true, JoinBeforeHost = false };

        var answer = await app.PatchAsync(patch);

        Assert.Same(Done.Instance, answer.Value);
        AssertJson("""{"password":"safe-Pass1","settings":{"waiting_room":true,"join_before_host":false}}""", app.Zoom.Calls.Single().Body);
        Assert.Equal(("PATCH", $"/v2/meetings/{Reply.MeetingId}"), (app.Zoom.Calls.Single().Method, app.Zoom.Calls.Single().Target));
    }

    [Fact]
    public async Task A_change_of_the_passcode_alone_does_not_touch_the_settings()
    {
        await using var app = await ZoomApp.StartAsync(StorageEngine.Sqlite);
        app.Zoom.Always(Reply.NoContent);

        await app.PatchAsync(new MeetingPatch { Passcode = new Secret("safe-Pass1") });

        AssertJson("""{"password":"safe-Pass1"}""", app.Zoom.Calls.Single().Body);
    }

    [Fact]
    public async Task A_weekly_meeting_is_made_as_Zoom_counts_days()
    {
        await using var app = await ZoomApp.StartAsync(StorageEngine.Sqlite);
        app.Zoom.Always(Reply.Json(Reply.Meeting, 201));
        var wish = new NewMeeting
        {
            Topic = "Tap",
            Start = new DateTimeOffset(2026, 11, 29, 18, 0, 0, TimeSpan.FromHours(1)),
            DurationMinutes = 30,
            TimeZone = "Europe/London",
            Repeat = new WeeklyRepeat([DayOfWeek.Sunday, DayOfWeek.Saturday], 12),
            Approval = ApprovalType.Automatic,
            RegistrantMails = false,
            AlternativeHosts = ["mr.birch@alder.example", "ms.cedar@alder.example"],
        };

        var answer = await app.Client.CreateMeetingAsync(app.School, "host-1", wish, BudgetUse.Routine, app.Bound);

        Assert.Equal(Reply.MeetingId, answer.Value?.Id);
        AssertJson(
            """
            {"topic":"Tap","type":8,"start_time":"2026-11-29T17:00:00Z","duration":30,"timezone":"Europe/London",
            "recurrence":{"type":2,"repeat_interval":1,"weekly_days":"1,7","end_times":12},
            "settings":{"approval_type":0,"registrants_confirmation_email":false,"registrants_email_notification":false,
            "alternative_hosts":"mr.birch@alder.example;ms.cedar@alder.example"}}
            """,
            app.Zoom.Calls.Single().Body);
    }

    [Fact]
    public async Task Deleting_ending_and_registering_say_what_Zoom_expects()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(
            Reply.NoContent, Reply.NoContent, Reply.NoContent, Reply.Json("""{"registrant_id":"r1"}""", 201), Reply.NoContent);

        await rig.Client.DeleteMeetingAsync(rig.School, 1, null, rig.Bound);
        await rig.Client.DeleteMeetingAsync(rig.School, 1, "1795539600000", rig.Bound);
        await rig.Client.EndMeetingAsync(rig.School, 1, rig.Bound);
        var seat = await rig.Client.AddRegistrantAsync(rig.School, 1, new NewRegistrant("seat@alder.example", "Poppy"), rig.Bound);
        await rig.Client.SetRegistrantStatusAsync(rig.School, 1, RegistrantAction.Cancel, [seat.Value!.Id], rig.Bound);

        Assert.Equal(
            [
                "DELETE /v2/meetings/1 ",
                "DELETE /v2/meetings/1?occurrence_id=1795539600000 ",
                """PUT /v2/meetings/1/status {"action":"end"}""",
                """POST /v2/meetings/1/registrants {"email":"seat@alder.example","first_name":"Poppy","auto_approve":true}""",
                """PUT /v2/meetings/1/registrants/status {"action":"cancel","registrants":[{"id":"r1"}]}""",
            ],
            rig.Zoom.Calls.Select(c => $"{c.Method} {c.Target} {c.Body}"));
    }

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
