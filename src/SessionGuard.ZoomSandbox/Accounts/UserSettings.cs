using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox;

/// <summary>A user's settings tree: where it starts, and how a change lands in it.</summary>
internal static class UserSettings
{
    /// <summary>Two keys of Zoom's tree that are one switch in its portal.</summary>
    private static readonly ((string Group, string Key) One, (string Group, string Key) Other)[] Twins =
    [
        (("in_meeting", "waiting_room"), ("meeting_security", "waiting_room")),
        (("schedule_meeting", "require_password_for_scheduling_new_meetings"), ("meeting_security", "meeting_password")),
        (("schedule_meeting", "embed_password_in_join_link"), ("meeting_security", "embed_password_in_join_link")),
    ];

    /// <summary>Unknown groups and keys are ignored, as Zoom ignores them.</summary>
    public static JsonObject With(JsonObject settings, JsonObject changes)
    {
        var known = new JsonObject();
        foreach (var (group, value) in changes)
        {
            if (value is not JsonObject keys || settings[group] is not JsonObject existing)
            {
                continue;
            }

            known[group] = ZoomJson.Only(keys, existing.ContainsKey);
        }

        foreach (var (one, other) in Twins)
        {
            Follow(known, one, other);
            Follow(known, other, one);
        }

        return ZoomJson.Merge(settings, known);
    }

    public static JsonObject Defaults() => (JsonObject)JsonNode.Parse("""
        {
          "schedule_meeting": {
            "audio_type": "both", "host_video": true, "participants_video": true, "join_before_host": false,
            "personal_meeting": true, "use_pmi_for_scheduled_meetings": false, "use_pmi_for_instant_meetings": false,
            "require_password_for_scheduling_new_meetings": true, "require_password_for_scheduled_meetings": true,
            "require_password_for_instant_meetings": true, "require_password_for_pmi_meetings": "all",
            "pstn_password_protected": true, "embed_password_in_join_link": true, "force_pmi_jbh_password": false,
            "pmi_password": "482915"
          },
          "in_meeting": {
            "waiting_room": false, "chat": true, "private_chat": true, "allow_participants_chat_with": 4,
            "auto_saving_chat": false, "file_transfer": true, "screen_sharing": true, "who_can_share_screen": "all",
            "annotation": true, "remote_control": true, "allow_live_streaming": false, "co_host": true,
            "breakout_room": true, "show_meeting_control_toolbar": true, "virtual_background": true,
            "entry_exit_chime": "none", "e2e_encryption": false, "attendee_on_hold": false,
            "allow_host_to_enable_focus_mode": true
          },
          "recording": {
            "local_recording": true, "cloud_recording": true, "auto_recording": "none",
            "record_speaker_view": true, "record_gallery_view": false, "recording_disclaimer": true
          },
          "email_notification": {
            "jbh_reminder": true, "cancel_meeting_reminder": true, "alternative_host_reminder": true
          },
          "feature": { "meeting_capacity": 100, "large_meeting": false, "webinar": false, "cn_meeting": false, "in_meeting": false },
          "meeting_security": {
            "auto_security": true, "meeting_password": true, "pmi_password": true, "phone_password": true,
            "embed_password_in_join_link": true, "waiting_room": false, "encryption_type": "enhanced_encryption",
            "end_to_end_encrypted_meetings": false, "only_authenticated_can_join_from_webclient": false,
            "block_user_domain": false, "block_user_domain_list": [],
            "meeting_password_requirement": {
              "length": 0, "have_letter": false, "have_number": false, "have_special_character": false,
              "have_upper_and_lower_characters": false, "only_allow_numeric": false,
              "consecutive_characters_length": 0, "weak_enhance_detection": false
            },
            "waiting_room_settings": {
              "participants_to_place_in_waiting_room": 0, "users_who_can_admit_participants_from_waiting_room": 0,
              "whitelisted_domains_for_waiting_room": ""
            }
          },
          "meeting_authentication": {
            "allow_authentication_exception": false, "meeting_authentication": false,
            "authentication_options": [
              { "id": "signIn_D8cJuqWVQ623CI4Q8yQK0Q", "name": "Sign in to Zoom", "type": "enforce_login", "default_option": true, "visible": true }
            ]
          }
        }
        """)!;

    private static void Follow(JsonObject changes, (string Group, string Key) from, (string Group, string Key) to)
    {
        if (changes[from.Group]?[from.Key] is not { } value || changes[to.Group]?[to.Key] is not null)
        {
            return;
        }

        changes[to.Group] ??= new JsonObject();
        changes[to.Group]![to.Key] = value.DeepClone();
    }
}
