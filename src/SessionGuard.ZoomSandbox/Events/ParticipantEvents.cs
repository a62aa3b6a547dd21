using System.Globalization;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Events;

/// <summary>Events about a run and the people in it. The key for the time differs from event to event.</summary>
internal sealed class ParticipantEvents(EventFeed feed)
{
    public void Started(SandboxInstance instance)
    {
        var subject = InstanceFacts.WithTextId(instance);
        subject["host_email"] = instance.Meeting.Host.Email;
        feed.Raise("meeting.started", subject);
    }

    public void Ended(SandboxInstance instance)
    {
        var subject = InstanceFacts.WithTextId(instance);
        subject["host_email"] = instance.Meeting.Host.Email;
        subject["end_time"] = ZoomJson.Instant(instance.EndedAt ?? feed.Now);
        feed.Raise("meeting.ended", subject);
    }

    public void Joined(SandboxParticipant person) => Raise("meeting.participant_joined", person, "join_time", Undocumented(person));

    public void Left(SandboxParticipant person, string reason) => Raise(
        "meeting.participant_left", person, "leave_time", ZoomJson.Merge(new JsonObject { ["leave_reason"] = reason }, Undocumented(person)));

    public void JoinedWaitingRoom(SandboxParticipant person) => Raise("meeting.participant_joined_waiting_room", person, "date_time");

    public void LeftWaitingRoom(SandboxParticipant person) => Raise("meeting.participant_left_waiting_room", person, "date_time");

    public void Admitted(SandboxParticipant person) => Raise("meeting.participant_admitted", person, "date_time");

    public void PutInWaitingRoom(SandboxParticipant person) => Raise("meeting.participant_put_in_waiting_room", person, "date_time");

    public void JoinedBreakoutRoom(SandboxParticipant person) =>
        RaiseBreakout("meeting.participant_joined_breakout_room", person, "join_time", []);

    public void LeftBreakoutRoom(SandboxParticipant person) => RaiseBreakout(
        "meeting.participant_left_breakout_room", person, "leave_time", new JsonObject { ["leave_reason"] = LeaveReasons.Left(person.Name) });

    public void RoleChanged(SandboxParticipant person, ParticipantRole old)
    {
        var who = Person(person, "date_time");
        who.Remove("id");
        who["old_role"] = RoleName(old);
        who["new_role"] = RoleName(person.Role);
        Raise("meeting.participant_role_changed", person.Instance!, who);
    }

    public void WaitsForHost(SandboxParticipant person) => feed.Raise(
        "meeting.participant_jbh_waiting",
        AtTheDoor(person, TextId(person.Meeting.EventId), person.Meeting.NextInstanceUuid, withRegistrant: false));

    /// <summary>The one event of its family with a numeric id.</summary>
    public void StoppedWaitingForHost(SandboxParticipant person) => feed.Raise(
        "meeting.participant_jbh_waiting_left",
        AtTheDoor(person, person.Meeting.EventId, person.Meeting.NextInstanceUuid, withRegistrant: true));

    public void JoinedBeforeHost(SandboxParticipant person, SandboxInstance instance) => feed.Raise(
        "meeting.participant_jbh_joined",
        AtTheDoor(person, TextId(instance.EventId), instance.Uuid, withRegistrant: true));

    private void Raise(string name, SandboxParticipant person, string timeKey, JsonObject? more = null) =>
        Raise(name, person.Instance!, ZoomJson.Merge(Person(person, timeKey), more ?? []));

    private void Raise(string name, SandboxInstance instance, JsonObject who)
    {
        var subject = InstanceFacts.WithTextId(instance);
        subject["participant"] = who;
        feed.Raise(name, subject);
    }

    private void RaiseBreakout(string name, SandboxParticipant person, string timeKey, JsonObject more)
    {
        var breakout = person.Breakout!.Value;
        var who = ZoomJson.Merge(Person(person, timeKey), more);
        who["user_id"] = breakout.UserId;
        who["parent_user_id"] = person.UserId;
        var subject = InstanceFacts.WithTextId(person.Instance!);
        subject["participant"] = who;
        subject["breakout_room_uuid"] = breakout.RoomUuid;
        feed.Raise(name, subject);
    }

    private JsonObject Person(SandboxParticipant person, string timeKey)
    {
        var who = new JsonObject
        {
            ["user_id"] = person.UserId,
            ["user_name"] = person.Name,
            ["id"] = person.ZoomUserId,
            ["participant_uuid"] = person.Uuid,
            [timeKey] = feed.NowText,
            ["email"] = person.Email,
            ["registrant_id"] = person.RegistrantId,
            ["participant_user_id"] = person.ZoomUserId,
        };
        if (person.PhoneNumber.Length > 0)
        {
            who["phone_number"] = person.PhoneNumber;
        }

        return who;
    }

    private JsonObject Undocumented(SandboxParticipant person) =>
        feed.UndocumentedFields ? new JsonObject { ["public_ip"] = person.PublicIp } : [];

    private static JsonObject AtTheDoor(SandboxParticipant person, JsonNode id, string uuid, bool withRegistrant)
    {
        var who = new JsonObject { ["id"] = person.ZoomUserId, ["user_name"] = person.Name };
        if (withRegistrant)
        {
            who["registrant_id"] = person.RegistrantId;
        }

        var subject = InstanceFacts.BeforeStart(person.Meeting, uuid, id);
        subject["participant"] = who;
        return subject;
    }

    private static string TextId(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string RoleName(ParticipantRole role) => role switch
    {
        ParticipantRole.Host => "host",
        ParticipantRole.CoHost => "co-host",
        ParticipantRole.Attendee => "attendee",
    };
}
