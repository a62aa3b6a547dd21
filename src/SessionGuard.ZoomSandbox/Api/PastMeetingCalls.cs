using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>What is left of a meeting once it has ended. Paid accounts only.</summary>
internal sealed class PastMeetingCalls(Pages pages)
{
    public void Map(ZoomApi api)
    {
        api.Map("GET", "/past_meetings/{meetingId}", RateLabel.Light, Scopes.ReadPastMeeting, Get);
        api.Map("GET", "/past_meetings/{meetingId}/instances", RateLabel.Medium, Scopes.ListPastInstances, Instances);
        api.Map("GET", "/past_meetings/{meetingId}/participants", RateLabel.Medium, Scopes.ListPastParticipants, Participants);
        api.Map("GET", "/report/meetings/{meetingId}/participants", RateLabel.Heavy, Scopes.ReportParticipants, Report);
    }

    private static ApiAnswer Get(ApiCall call)
    {
        RequirePaid(call);
        var instance = call.EndedInstance();
        var meeting = instance.Meeting;
        return ApiAnswer.Ok(new JsonObject
        {
            ["uuid"] = instance.Uuid,
            ["id"] = instance.EventId,
            ["host_id"] = meeting.Host.Id,
            ["type"] = (int)meeting.Type,
            ["topic"] = meeting.Topic,
            ["user_name"] = meeting.Host.DisplayName,
            ["user_email"] = meeting.Host.Email,
            ["start_time"] = ZoomJson.Instant(instance.StartedAt),
            ["end_time"] = ZoomJson.Instant(instance.EndedAt!.Value),
            ["duration"] = (int)Math.Ceiling((instance.EndedAt.Value - instance.StartedAt).TotalMinutes),
            ["total_minutes"] = (int)Math.Ceiling(instance.Stays.Sum(s => ((s.Left ?? instance.EndedAt.Value) - s.Joined).TotalMinutes)),
            ["participants_count"] = Rows(instance).Count,
            ["dept"] = "",
            ["source"] = "Zoom",
        });
    }

    private static ApiAnswer Instances(ApiCall call)
    {
        var id = call.Context.Request.RouteValues["meetingId"] as string ?? "";
        var ended = call.World.Instances.Where(i => i.HasMeetingId(id) && i.EndedAt is not null).ToList();
        if (ended.Count == 0)
        {
            // A meeting that never ran has an empty list; one that never was has none.
            call.Meeting();
        }

        return ApiAnswer.Ok(new JsonObject
        {
            ["meetings"] = ZoomJson.ToArray(ended.Select(i => new JsonObject { ["uuid"] = i.Uuid, ["start_time"] = ZoomJson.Instant(i.StartedAt) })),
        });
    }

    /// <summary>Meetings of one person have an empty list here and no report at all.</summary>
    private ApiAnswer Participants(ApiCall call)
    {
        RequirePaid(call);
        var instance = call.EndedInstance();
        var rows = IsForOne(instance) ? [] : Rows(instance).Select(s => PastRow(call, instance, s));
        return ApiAnswer.Ok(pages.Page(call, "participants", [.. rows], legacy: false));
    }

    private ApiAnswer Report(ApiCall call)
    {
        RequirePaid(call);
        var instance = call.EndedInstance();
        if (IsForOne(instance))
        {
            throw new ZoomRefusal(404, 3001, $"Meeting {instance.EventId} not found or has expired.");
        }

        var withRegistrants = call.Query("include_fields") == "registrant_id";
        var rows = instance.Stays.Select(s => ReportRow(call, instance, s, withRegistrants));
        return ApiAnswer.Ok(pages.Page(call, "participants", [.. rows], legacy: false));
    }

    private static JsonObject PastRow(ApiCall call, SandboxInstance instance, ParticipantStay stay)
    {
        var row = Row(call, instance, stay);
        row["registrant_id"] = stay.Who.RegistrantId;
        row["internal_user"] = stay.Who.ZoomUserId.Length > 0;
        return row;
    }

    private static JsonObject ReportRow(ApiCall call, SandboxInstance instance, ParticipantStay stay, bool withRegistrant)
    {
        var row = Row(call, instance, stay);
        row["participant_user_id"] = stay.Who.ZoomUserId;
        row["bo_mtg_id"] = stay.BreakoutRoomUuid ?? "";
        if (withRegistrant)
        {
            row["registrant_id"] = stay.Who.RegistrantId;
        }

        return row;
    }

    private static JsonObject Row(ApiCall call, SandboxInstance instance, ParticipantStay stay)
    {
        var left = stay.Left ?? instance.EndedAt!.Value;
        var workedOut = call.World.Now >= instance.EndedAt!.Value + call.World.Options.ReportDelay;
        return new JsonObject
        {
            ["id"] = stay.Who.ZoomUserId,
            ["user_id"] = stay.UserId,
            ["name"] = stay.Who.Name,
            ["user_email"] = stay.Who.Email,
            ["join_time"] = ZoomJson.Instant(stay.Joined),
            ["leave_time"] = ZoomJson.Instant(left),
            ["duration"] = workedOut ? (int)(left - stay.Joined).TotalSeconds : 0,
            ["failover"] = false,
            ["status"] = stay.InWaitingRoom ? "in_waiting_room" : "in_meeting",
        };
    }

    /// <summary>Breakout rooms appear only in the report.</summary>
    private static List<ParticipantStay> Rows(SandboxInstance instance) => instance.Stays.FindAll(s => s.BreakoutRoomUuid is null);

    private static bool IsForOne(SandboxInstance instance) => instance.Stays.Select(s => s.Who.Uuid).Distinct().Count() < 2;

    private static void RequirePaid(ApiCall call)
    {
        if (call.World.Options.Plan == SandboxPlan.Free)
        {
            throw ZoomRefusal.PaidOnly(call.World.Options.AccountId);
        }
    }
}
