using System.Text.Json;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

/// <summary>Zoom's JSON, in our words.</summary>
public sealed class ZoomReadTests
{
    [Fact]
    public async Task A_meeting_is_read_with_its_settings_and_dates()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Ok);

        var meeting = (await rig.GetAsync()).Value!;

        Assert.Equal((86014725390, "4444AAAiAAAAAiAiAiiAii==", "30R7kT7bTIKSNUFEuH_Qlg"), (meeting.Id, meeting.Uuid, meeting.HostId));
        Assert.Equal(("Ballet for Poppy Canary", 8, 45), (meeting.Topic, meeting.Type, meeting.DurationMinutes));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero), meeting.Start);
        Assert.Equal(("canaryPass", 5550001111), (meeting.Passcode?.Reveal(), meeting.Pmi));
        Assert.Equal("https://zoom.example/j/86014725390?pwd=canary-link", meeting.JoinUrl?.Reveal());
        Assert.Equal([("1795539600000", false), ("1796144400000", true)], meeting.Occurrences.Select(o => (o.Id, o.Deleted)));
        Assert.Equal((true, false, false, false), (
            meeting.Settings.WaitingRoom, meeting.Settings.JoinBeforeHost, meeting.Settings.UsePmi, meeting.Settings.MeetingAuthentication));
        Assert.Equal((ApprovalType.NoRegistration, "none"), (meeting.Settings.Approval, meeting.Settings.AutoRecording));
        Assert.Equal(["mr.birch@alder.example", "ms.cedar@alder.example"], meeting.Settings.AlternativeHosts);
    }

    [Fact]
    public async Task What_Zoom_does_not_say_is_unknown_not_off()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Json("""{"id":"86014725390","host_id":"h","type":"1","password":"","start_time":"","settings":{}}"""));

        var meeting = (await rig.GetAsync()).Value!;

        Assert.Equal((86014725390, 1), (meeting.Id, meeting.Type));
        Assert.False(meeting.HasPasscode);
        Assert.Null(meeting.Start);
        Assert.Null(meeting.Pmi);
        Assert.Equal((null, null, null), (meeting.Settings.WaitingRoom, meeting.Settings.JoinBeforeHost, meeting.Settings.Approval));
        Assert.Empty(meeting.Occurrences);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(
            Reply.Json("""{"next_page_token":"a/b+c=","users":[{"id":"u1","type":2,"pmi":5550001111,"display_name":"One"}]}"""),
            Reply.Json("""{"next_page_token":"","users":[{"id":"u2","type":1,"first_name":"Two","last_name":""},{"type":1}]}"""));

        var users = (await rig.Client.ListUsersAsync(rig.School, rig.Bound)).Value!;

        Assert.Equal([("u1", "One", true, 5550001111L), ("u2", "Two", false, null)], users.Select(u => (u.Id, u.Name, u.IsLicensed, u.Pmi)));
        Assert.Equal(
            ["/v2/users?status=active&page_size=300", "/v2/users?status=active&page_size=300&next_page_token=a%2Fb%2Bc%3D"],
            rig.Zoom.Calls.Select(c => c.Target));
    }

    [Fact]
    public async Task A_list_whose_second_page_fails_is_no_list()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(Reply.Json("""{"next_page_token":"more","users":[{"id":"u1","type":2}]}"""), Reply.Error(403, 0));

        var answer = await rig.Client.ListUsersAsync(rig.School, rig.Bound);

        Assert.Equal(ZoomFailure.Refused, answer.Failure);
        Assert.Null(answer.Value);
    }

    [Fact]
    public async Task A_list_that_never_ends_is_given_up()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Json("""{"next_page_token":"more","users":[]}"""));

        var answer = await rig.Client.ListUsersAsync(rig.School, rig.Bound);

        Assert.Equal(ZoomFailure.Unavailable, answer.Failure);
        Assert.Equal(50, rig.Zoom.Calls.Count);
    }

    [Fact]
    public async Task Upcoming_meetings_come_without_their_settings()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Json("""{"meetings":[{"id":1,"type":2,"topic":"Tap","start_time":"2026-11-25T17:00:00Z","duration":30}]}"""));

        var listed = Assert.Single((await rig.Client.ListUpcomingMeetingsAsync(rig.School, "u1", rig.Bound)).Value!);

        Assert.Equal((1, "Tap", 30), (listed.Id, listed.Topic, listed.DurationMinutes));
        Assert.Equal("/v2/users/u1/meetings?type=upcoming&page_size=300", rig.Zoom.Calls.Single().Target);
    }

    [Fact]
    public async Task A_hosts_settings_and_security_are_read_and_its_passcodes_are_not()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(
            Reply.Json("""
                {"schedule_meeting":{"pmi_password":"canary","embed_password_in_join_link":true,"require_password_for_pmi_meetings":"all",
                "meeting_password_requirement":{"length":8,"have_letter":true,"consecutive_characters_length":4}},
                "in_meeting":{"private_chat":false,"allow_participants_chat_with":2,"who_can_share_screen":"host"},
                "recording":{"local_recording":false}}
                """),
            Reply.Json("""{"meeting_security":{"auto_security":true,"waiting_room":true,"meeting_password":true}}"""));

        var settings = (await rig.Client.GetUserSettingsAsync(rig.School, "u1", rig.Bound)).Value!;
        var security = (await rig.Client.GetUserSecurityAsync(rig.School, "u1", rig.Bound)).Value!;

        Assert.Equal((true, "all", false, 2, "host", false), (
            settings.PasscodeInLink, settings.PasscodeForPmi, settings.PrivateChat, settings.ParticipantsChatWith,
            settings.WhoCanShareScreen, settings.LocalRecording));
        Assert.Equal(new PasscodeRequirement(8, true, false, false, false, false, 4), settings.PasscodeRequirement);
        Assert.Null(settings.FileTransfer);
        Assert.Equal((true, true, true, null), (security.AtLeastOneOption, security.WaitingRoom, security.Passcode, security.PhonePasscode));
        Assert.Equal("/v2/users/u1/settings?option=meeting_security", rig.Zoom.Calls[^1].Target);
        Assert.DoesNotContain("canary", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_there_is_read_with_seats_and_gaps()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Json("""
            {"next_page_token":"","participants":[
            {"id":"","user_id":16778240,"name":"Poppy","user_email":"","registrant_id":"seat-1","status":"in_meeting",
            "join_time":"2026-11-24T17:01:00Z","leave_time":"2026-11-24T17:40:00Z"},
            {"id":"host","user_id":"16778241","participant_user_id":"host","name":"Miss Alder","user_email":"miss.alder@alder.example",
            "join_time":"2026-11-24T16:59:00Z","leave_time":"","status":"in_waiting_room","bo_mtg_id":"room-1"}]}
            """));

        var stays = (await rig.Client.ReportParticipantsAsync(rig.School, "4444AAAiAAAAAiAiAiiAii==", rig.Bound)).Value!;

        Assert.Equal(("16778240", null, null, "seat-1", false), (
            stays[0].UserId, stays[0].AccountUserId, stays[0].Email, stays[0].RegistrantId, stays[0].InWaitingRoom));
        Assert.Equal(("16778241", "host", null, "room-1", true), (
            stays[1].UserId, stays[1].AccountUserId, stays[1].Leave, stays[1].BreakoutRoomId, stays[1].InWaitingRoom));
    }

    [Fact]
    public async Task Ended_instances_are_listed()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Json("""{"meetings":[{"uuid":"/zDD4kjuqnlFs81TKbC4WA==","start_time":"2026-11-24T17:00:00Z"}]}"""));

        var instance = Assert.Single((await rig.Client.ListPastInstancesAsync(rig.School, 1, rig.Bound)).Value!);

        Assert.Equal("/zDD4kjuqnlFs81TKbC4WA==", instance.Uuid);
    }

    [Fact]
    public async Task Secrets_and_names_leave_neither_by_printing_nor_in_a_log()
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Answers(
            Reply.Ok, Reply.Error(401, 124, "canary-message"), Reply.Ok, Reply.Error(404, 1001, "canary-message"),
            Reply.Json("""{"registrant_id":"r1","join_url":"https://zoom.example/w/1?tk=canary-seat","participant_pin_code":380303}""", 201),
            Reply.Json("""{"id":{"canary":1}}"""));

        var meeting = await rig.GetAsync();
        var again = await rig.GetAsync();
        var nobody = await rig.Client.GetUserAsync(rig.School, "canary@home.example", rig.Bound);
        var wish = new NewRegistrant("canary@alias.example", "Canary");
        var seat = await rig.Client.AddRegistrantAsync(rig.School, 1, wish, rig.Bound);
        var unreadable = await rig.GetAsync();

        Assert.Equal(("380303", ZoomFailure.Unavailable), (seat.Value?.PhonePin?.Reveal(), unreadable.Failure));
        var basic = Convert.ToBase64String("alder-client:client-secret-canary"u8);
        string[] canaries = ["canary", "Poppy", "miss.alder", "token-1", "token-2", "pwd=", "380303", basic];
        var printed = $"{meeting} {again} {nobody} {seat} {unreadable} {wish} {meeting.Value!.Settings} {JsonSerializer.Serialize(seat.Value)}";
        Assert.All(canaries, c => Assert.DoesNotContain(c, printed, StringComparison.OrdinalIgnoreCase));
        Assert.All(canaries, c => Assert.DoesNotContain(c, rig.Log.All, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("users/{id}", rig.Log.All, StringComparison.Ordinal);
    }
}
