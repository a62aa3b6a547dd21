using System.Globalization;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;
using SessionGuard.ZoomSandbox.Meetings;

namespace SessionGuard.ZoomSandbox.Events;

/// <summary>Events about a meeting as it is planned; in all of these the id is a number.</summary>
internal sealed class MeetingEvents(EventFeed feed)
{
    /// <summary>Says nothing about waiting room, authentication or recording: receivers have to ask.</summary>
    public void Created(SandboxMeeting meeting, Operator by)
    {
        var subject = Facts(meeting);
        subject["join_url"] = meeting.JoinUrl;
        subject["creation_source"] = meeting.CreationSource;
        subject["settings"] = new JsonObject
        {
            ["use_pmi"] = meeting.Settings.UsePmi,
            ["alternative_hosts"] = meeting.Settings.AlternativeHosts,
            ["join_before_host"] = meeting.Settings.JoinBeforeHost,
            ["jbh_time"] = meeting.Settings.JbhTime,
            ["meeting_invitees"] = meeting.Settings.MeetingInvitees?.DeepClone() ?? new JsonArray(),
        };
        MeetingViews.AddWhenPresent(subject, "password", meeting.Passcode.Length > 0 ? meeting.Passcode : null);
        MeetingViews.AddWhenPresent(subject, "pmi", meeting.Settings.UsePmi ? meeting.EventId.ToString(CultureInfo.InvariantCulture) : null);
        MeetingViews.AddSeries(subject, meeting);
        feed.Raise("meeting.created", subject, Operation(meeting, by, "all"));
    }

    public void Updated(SandboxMeeting meeting, Operator by, string? scope, Changes changes)
    {
        var more = EventFeed.By(by);
        MeetingViews.AddWhenPresent(more, "scope", scope);
        more["time_stamp"] = feed.Now.ToUnixTimeMilliseconds();
        more["old_object"] = WithId(meeting, changes.Before);
        feed.Raise("meeting.updated", WithId(meeting, changes.Now), more);
    }

    public void OccurrenceUpdated(SandboxMeeting meeting, Operator by, (JsonObject Before, JsonObject Now) occurrence, Changes settings)
    {
        var changes = new Changes(
            new JsonObject { ["occurrences"] = new JsonArray(occurrence.Now) },
            new JsonObject { ["occurrences"] = new JsonArray(occurrence.Before) });
        if (settings.Any)
        {
            changes.Now["settings"] = settings.Now;
            changes.Before["settings"] = settings.Before;
        }

        Updated(meeting, by, "single", changes);
    }

    public void Deleted(SandboxMeeting meeting, MeetingOccurrence? occurrence, Operator by)
    {
        var subject = Facts(meeting);
        if (occurrence is not null)
        {
            subject["start_time"] = ZoomJson.Instant(occurrence.Start);
            subject["duration"] = occurrence.Minutes;
            subject["occurrences"] = new JsonArray(new JsonObject
            {
                ["occurrence_id"] = occurrence.OccurrenceId,
                ["start_time"] = ZoomJson.Instant(occurrence.Start),
            });
        }

        feed.Raise("meeting.deleted", subject, Operation(meeting, by, occurrence is null ? "all" : "single"));
    }

    public void Recovered(SandboxMeeting meeting, Operator by) =>
        feed.Raise("meeting.recovered", Facts(meeting), Operation(meeting, by, "all"));

    public void DeletedForGood(SandboxMeeting meeting, Operator by) =>
        feed.Raise("meeting.permanently_deleted", Facts(meeting), Operation(meeting, by, "all"));

    /// <summary>A link to the meeting was found on a public page.</summary>
    public void RiskAlert(SandboxMeeting meeting)
    {
        var subject = Facts(meeting);
        subject.Remove("duration");
        subject["host_email"] = meeting.Host.Email;
        subject["armn_details"] = new JsonObject
        {
            ["post_platform"] = "twitter",
            ["social_link"] = "https://social.example/post/9",
            ["post_time"] = feed.NowText,
            ["post_user"] = "someone",
            ["meeting_url"] = meeting.JoinUrl,
            ["recommended_enable_settings"] = new JsonArray("enablePassword", "enableWaitingRoom"),
            ["recommended_disable_settings"] = new JsonArray("enableScreenShare", "enableMeetingChat"),
        };
        feed.Raise("meeting.risk_alert", subject);
    }

    public static JsonObject Facts(SandboxMeeting meeting)
    {
        var facts = new JsonObject
        {
            ["uuid"] = meeting.Uuid,
            ["id"] = meeting.Id,
            ["host_id"] = meeting.Host.Id,
            ["topic"] = meeting.Topic,
            ["type"] = (int)meeting.Type,
            ["duration"] = meeting.Minutes,
            ["timezone"] = meeting.TimeZone,
        };
        MeetingViews.AddWhenPresent(facts, "start_time", meeting.Start is { } start ? ZoomJson.Instant(start) : null);
        return facts;
    }

    private static JsonObject Operation(SandboxMeeting meeting, Operator by, string operation)
    {
        var more = EventFeed.By(by);
        MeetingViews.AddWhenPresent(more, "operation", meeting.Recurrence is null ? null : operation);
        return more;
    }

    private static JsonObject WithId(SandboxMeeting meeting, JsonObject changed) =>
        ZoomJson.Merge(new JsonObject { ["id"] = meeting.Id }, changed);
}
