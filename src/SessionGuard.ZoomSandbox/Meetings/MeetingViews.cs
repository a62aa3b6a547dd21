using System.Globalization;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Meetings;

/// <summary>The shapes in which one meeting appears in answers and events.</summary>
internal static class MeetingViews
{
    /// <summary>Settings that <c>meeting.updated</c> can carry; changes of others raise it without saying what changed.</summary>
    private static readonly string[] SettingsInUpdates =
    [
        "host_video", "participant_video", "join_before_host", "jbh_time", "mute_upon_entry", "audio", "auto_recording", "use_pmi",
        "waiting_room", "watermark", "enforce_login", "enforce_login_domains", "approval_type", "registration_type", "alternative_hosts",
        "meeting_authentication", "authentication_option", "authentication_name", "authentication_domains", "meeting_invitees",
        "email_in_attendee_report",
    ];

    /// <summary>The answer to GET; with an occurrence, that date's own time and settings.</summary>
    public static JsonObject Whole(SandboxMeeting meeting, MeetingOccurrence? occurrence, string? liveUuid)
    {
        var settings = meeting.Settings.ToJson();
        var view = new JsonObject
        {
            ["uuid"] = liveUuid ?? meeting.Uuid,
            ["id"] = meeting.Id,
            ["host_id"] = meeting.Host.Id,
            ["host_email"] = meeting.Host.Email,
            ["topic"] = meeting.Topic,
            ["type"] = (int)meeting.Type,
            ["status"] = liveUuid is null ? "waiting" : "started",
            ["duration"] = occurrence?.Minutes ?? meeting.Minutes,
            ["timezone"] = meeting.TimeZone,
            ["agenda"] = occurrence?.Agenda ?? meeting.Agenda,
            ["created_at"] = ZoomJson.Instant(meeting.CreatedAt),
            ["start_url"] = $"https://us06web.zoom.us/s/{meeting.EventId}?zak={ZoomIds.Token(24)}",
            ["join_url"] = meeting.JoinUrl,
            ["settings"] = occurrence is null ? settings : ZoomJson.Merge(settings, occurrence.Settings),
            ["creation_source"] = meeting.CreationSource,
            ["pre_schedule"] = false,
        };
        AddPasscode(view, meeting);
        AddWhenPresent(view, "start_time", (occurrence?.Start ?? meeting.Start) is { } start ? ZoomJson.Instant(start) : null);
        AddWhenPresent(view, "pmi", meeting.Settings.UsePmi ? meeting.EventId.ToString(CultureInfo.InvariantCulture) : null);
        AddWhenPresent(view, "registration_url", meeting.HasRegistration ? $"https://us06web.zoom.us/meeting/register/{meeting.Id}" : null);
        AddSeries(view, meeting);
        return view;
    }

    /// <summary>An item of a user's list: no passcode and no settings.</summary>
    public static JsonObject Listed(SandboxMeeting meeting, DateTimeOffset? start, int minutes)
    {
        var view = new JsonObject
        {
            ["uuid"] = meeting.Uuid,
            ["id"] = meeting.Id,
            ["host_id"] = meeting.Host.Id,
            ["topic"] = meeting.Topic,
            ["type"] = (int)meeting.Type,
            ["duration"] = minutes,
            ["timezone"] = meeting.TimeZone,
            ["agenda"] = meeting.Agenda,
            ["created_at"] = ZoomJson.Instant(meeting.CreatedAt),
            ["join_url"] = meeting.JoinUrl,
        };
        AddWhenPresent(view, "start_time", start is { } at ? ZoomJson.Instant(at) : null);
        return view;
    }

    /// <summary>What an update is measured on: compared before and after, the difference is the event.</summary>
    public static JsonObject Updatable(SandboxMeeting meeting)
    {
        var settings = meeting.Settings.ToJson();
        var view = new JsonObject
        {
            ["topic"] = meeting.Topic,
            ["type"] = (int)meeting.Type,
            ["duration"] = meeting.Minutes,
            ["timezone"] = meeting.TimeZone,
            ["join_url"] = meeting.JoinUrl,
            ["password"] = meeting.Passcode,
            ["agenda"] = meeting.Agenda,
            ["settings"] = ZoomJson.Only(settings, SettingsInUpdates.Contains),
        };
        AddWhenPresent(view, "start_time", meeting.Start is { } start ? ZoomJson.Instant(start) : null);
        AddSeries(view, meeting);
        return view;
    }

    public static void AddWhenPresent(JsonObject view, string name, JsonNode? value)
    {
        if (value is not null)
        {
            view[name] = value;
        }
    }

    public static void AddSeries(JsonObject view, SandboxMeeting meeting)
    {
        if (meeting.Occurrences.Count > 0)
        {
            view["occurrences"] = ZoomJson.ToArray(meeting.Occurrences.Select(o => o.ToJson()));
        }

        AddWhenPresent(view, "recurrence", meeting.Recurrence is null ? null : ZoomJson.ToObject(meeting.Recurrence));
    }

    private static void AddPasscode(JsonObject view, SandboxMeeting meeting)
    {
        if (meeting.Passcode.Length == 0)
        {
            return;
        }

        // Phones and room systems can only type digits.
        var number = meeting.Passcode.Aggregate(meeting.Id % 900_000, (sum, c) => ((sum * 31) + c) % 900_000) + 100_000;
        var digits = number.ToString(CultureInfo.InvariantCulture);
        view["password"] = meeting.Passcode;
        view["h323_password"] = digits;
        view["pstn_password"] = digits;
        view["encrypted_password"] = ZoomIds.LinkPasscode(meeting.Id, meeting.Passcode);
    }
}
