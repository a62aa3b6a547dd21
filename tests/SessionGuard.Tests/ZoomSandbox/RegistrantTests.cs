using System.Net;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class RegistrantTests : SandboxTest
{
    private static JsonObject Poppy => new() { ["email"] = "seat-17@seats.example", ["first_name"] = "Poppy", ["last_name"] = "R" };

    [Fact]
    public async Task Registrant_gets_a_personal_link_and_comes_under_the_registrant_id()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        var added = await CallAsync(HttpMethod.Post, $"meetings/{meeting.Id}/registrants", Poppy);
        Zoom.Start(meeting.Id);

        Zoom.Join(meeting.Id, JoinMeeting.Registrant(Assert.Single(meeting.Registrants), "Mum's phone"));

        Assert.Contains("/w/", (string?)added!["join_url"]);
        var person = Assert.Single(Raised("meeting.participant_joined"))["payload"]!["object"]!["participant"]!;
        Assert.Equal((string?)added["registrant_id"], (string?)person["registrant_id"]);
        Assert.Equal("Mum's phone", (string?)person["user_name"]);
    }

    [Theory]
    [InlineData(0, false, "approved")]
    [InlineData(1, false, "pending")]
    [InlineData(1, true, "approved")]
    public async Task Approval_follows_the_meeting_unless_asked_for(int approvalType, bool autoApprove, string status)
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        Zoom.Change(meeting.Id, m => m.Settings.ApprovalType = approvalType);
        var body = Poppy;
        body["auto_approve"] = autoApprove;

        await CallAsync(HttpMethod.Post, $"meetings/{meeting.Id}/registrants", body);

        Assert.Equal(status, Assert.Single(meeting.Registrants).Status);
        Assert.Equal(status, (string?)Assert.Single(Raised("meeting.registration_created"))["payload"]!["object"]!["registrant"]!["status"]);
        Assert.Single((await GetAsync($"meetings/{meeting.Id}/registrants?status={status}"))["registrants"]!.AsArray());
    }

    [Fact]
    public async Task Cancelled_registrant_leaves_the_list_and_is_not_let_in()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        var registrant = Zoom.Register(meeting.Id, "Poppy", "R", "parent.one@family.example");

        await CallAsync(HttpMethod.Put, $"meetings/{meeting.Id}/registrants/status", new JsonObject
        {
            ["action"] = "cancel",
            ["registrants"] = new JsonArray(new JsonObject { ["id"] = registrant.Id, ["email"] = registrant.Email }),
        });

        Assert.Empty((await GetAsync($"meetings/{meeting.Id}/registrants"))["registrants"]!.AsArray());
        Assert.Single(Raised("meeting.registration_cancelled"));
        Zoom.Start(meeting.Id);
        Assert.Throws<InvalidOperationException>(() => Zoom.Join(meeting.Id, JoinMeeting.Registrant(registrant)));
    }

    [Theory]
    [InlineData("email", "no address")]
    [InlineData("first_name", "")]
    public async Task Registrant_without_address_or_name_is_refused(string field, string value)
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        var body = Poppy;
        body[field] = value;

        await AssertRefusedAsync(await SendAsync(HttpMethod.Post, $"meetings/{meeting.Id}/registrants", body), HttpStatusCode.BadRequest, 300);
    }

    [Fact]
    public async Task Meeting_without_registration_takes_nobody()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);

        await AssertRefusedAsync(await SendAsync(HttpMethod.Post, $"meetings/{meeting.Id}/registrants", Poppy), HttpStatusCode.BadRequest, 3000);
    }

    [Fact]
    public void Personal_link_keeps_its_word_when_the_passcode_changes()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        var registrant = Zoom.Register(meeting.Id, "Poppy", "R", "parent.one@family.example");
        var before = registrant.JoinUrl;

        Zoom.Change(meeting.Id, m => m.Passcode = "another1");

        Assert.Equal(before.Split("&pwd=")[0], registrant.JoinUrl.Split("&pwd=")[0]);
    }
}
