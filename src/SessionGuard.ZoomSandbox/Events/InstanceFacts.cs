using System.Globalization;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;
using SessionGuard.ZoomSandbox.Meetings;

namespace SessionGuard.ZoomSandbox.Events;

/// <summary>The meeting part of events about a run. Zoom gives its id as text in some events and as a number in others.</summary>
internal static class InstanceFacts
{
    public static JsonObject WithTextId(SandboxInstance instance) =>
        Of(instance, instance.EventId.ToString(CultureInfo.InvariantCulture));

    public static JsonObject WithNumericId(SandboxInstance instance) => Of(instance, instance.EventId);

    /// <summary>For people at the door: the run may not have begun, so the time is the planned one.</summary>
    public static JsonObject BeforeStart(SandboxMeeting meeting, string uuid, JsonNode id)
    {
        var facts = Of(id, uuid, meeting);
        MeetingViews.AddWhenPresent(facts, "start_time", meeting.Start is { } start ? ZoomJson.Instant(start) : null);
        return facts;
    }

    private static JsonObject Of(SandboxInstance instance, JsonNode id)
    {
        var facts = Of(id, instance.Uuid, instance.Meeting);
        facts["start_time"] = ZoomJson.Instant(instance.StartedAt);
        return facts;
    }

    private static JsonObject Of(JsonNode id, string uuid, SandboxMeeting meeting) => new()
    {
        ["id"] = id,
        ["uuid"] = uuid,
        ["host_id"] = meeting.Host.Id,
        ["topic"] = meeting.Topic,
        ["type"] = (int)(meeting.Settings.UsePmi ? MeetingType.PersonalRoom : meeting.Type),
        ["timezone"] = meeting.TimeZone,
        // The planned length, even when the meeting has ended.
        ["duration"] = meeting.Minutes,
    };
}
