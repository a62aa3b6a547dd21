using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class InMeetingTests : SandboxTest
{
    private IEnumerable<string> Names => Zoom.Deliveries.Raised.Select(r => r.Name["meeting.".Length..]);

    [Fact]
    public void Waiting_room_lets_in_whom_the_host_admits()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { WaitingRoom = true });
        Zoom.Join(meeting.Id, JoinMeeting.User(Host));

        var child = Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R"));
        Assert.Equal(ParticipantWhereabouts.InWaitingRoom, child.Whereabouts);
        Zoom.Admit(child);

        string[] expected =
        [
            "created", "started", "participant_joined", "participant_joined_waiting_room",
            "participant_admitted", "participant_left_waiting_room", "participant_joined",
        ];
        Assert.Equal(expected, Names);
    }

    [Fact]
    public void Someone_who_leaves_the_waiting_room_never_joined()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { WaitingRoom = true });
        Zoom.Start(meeting.Id);

        Zoom.Leave(Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R")));

        Assert.Equal(["created", "started", "participant_joined_waiting_room", "participant_left_waiting_room"], Names);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void Waiting_for_the_host_is_reported_after_thirty_seconds(int seconds, bool reported)
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R"));

        Clock.Advance(TimeSpan.FromSeconds(seconds));
        Zoom.Start(meeting.Id);

        Assert.Equal(reported, Names.Contains("participant_jbh_waiting"));
        Assert.Equal(reported, Names.Contains("participant_jbh_waiting_left"));
        Assert.Equal("participant_joined", Names.Last());
    }

    [Fact]
    public void Joining_before_the_host_starts_the_meeting()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { JoinBeforeHost = true });

        Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R"));

        Assert.Equal(["created", "started", "participant_jbh_joined", "participant_joined"], Names);
    }

    [Fact]
    public void Waiting_room_overrules_joining_before_the_host()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { JoinBeforeHost = true, WaitingRoom = true });

        Assert.Equal(ParticipantWhereabouts.WaitingForHost, Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R")).Whereabouts);
    }

    [Fact]
    public void Each_start_is_a_new_instance()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);

        var first = Zoom.Start(meeting.Id);
        Zoom.End(meeting.Id);
        var second = Zoom.Start(meeting.Id);

        Assert.NotEqual(first.Uuid, second.Uuid);
        Assert.Equal([first.Uuid, second.Uuid], Raised("meeting.started").Select(e => (string?)e["payload"]!["object"]!["uuid"]));
    }

    [Fact]
    public void Rejoining_is_a_new_connection_of_the_same_participant()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        Zoom.Start(meeting.Id);
        var first = Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R"));
        Zoom.Leave(first, LeaveReasons.NetworkError);

        var second = Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R") with { RejoinOf = first });

        Assert.Equal(first.Uuid, second.Uuid);
        Assert.NotEqual(first.UserId, second.UserId);
    }

    [Fact]
    public void Personal_room_shows_its_own_number_in_events()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { UsePmi = true });

        Zoom.Start(meeting.Id);

        Assert.Equal(meeting.Id, (long)Assert.Single(Raised("meeting.created"))["payload"]!["object"]!["id"]!);
        Assert.Equal($"{Host.PersonalMeetingId}", (string?)Assert.Single(Raised("meeting.started"))["payload"]!["object"]!["id"]);
    }

    [Fact]
    public void Update_says_only_what_changed_and_what_it_was()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Passcode = "tap-4Kz_9q", WaitingRoom = true });

        Zoom.Change(meeting.Id, m => m.Passcode = "");

        var payload = Assert.Single(Raised("meeting.updated"))["payload"]!;
        Assert.Equal(["id", "join_url", "password"], Keys(payload["object"]));
        Assert.Equal(("", "tap-4Kz_9q"), ((string?)payload["object"]!["password"], (string?)payload["old_object"]!["password"]));
        Assert.Contains("?pwd=", (string?)payload["old_object"]!["join_url"]);
    }

    [Fact]
    public async Task Patch_raises_the_same_event_in_the_owners_name_and_nothing_when_nothing_changes()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass);
        var body = new JsonObject { ["settings"] = new JsonObject { ["waiting_room"] = true } };

        await PatchAsync(meeting, body);
        await PatchAsync(meeting, body);

        var payload = Assert.Single(Raised("meeting.updated"))["payload"]!;
        Assert.Equal("admin@academy.example", (string?)payload["operator"]);
        Assert.Equal("""{"waiting_room":true}""", payload["object"]!["settings"]!.ToJsonString());
        Assert.Equal("""{"waiting_room":false}""", payload["old_object"]!["settings"]!.ToJsonString());
    }

    private static IEnumerable<string> Keys(JsonNode? node) => node!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal);
}
