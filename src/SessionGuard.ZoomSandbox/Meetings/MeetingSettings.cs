using System.Text.Json;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox;

/// <summary>A meeting's settings, named as in Zoom's JSON. What is null is absent from answers.</summary>
public sealed class MeetingSettings
{
    public bool HostVideo { get; set; } = true;

    public bool ParticipantVideo { get; set; } = true;

    /// <summary>Without effect while the waiting room is on, though Zoom keeps and shows the value.</summary>
    public bool JoinBeforeHost { get; set; }

    public int JbhTime { get; set; }

    public bool MuteUponEntry { get; set; }

    public bool Watermark { get; set; }

    public bool UsePmi { get; set; }

    /// <summary>0 approves registrants automatically, 1 by hand, 2 means no registration.</summary>
    public int ApprovalType { get; set; } = 2;

    public int? RegistrationType { get; set; }

    public bool? CloseRegistration { get; set; }

    public bool RegistrantsConfirmationEmail { get; set; } = true;

    public bool RegistrantsEmailNotification { get; set; } = true;

    public string Audio { get; set; } = "both";

    public string AutoRecording { get; set; } = "none";

    /// <summary>E-mails or ids with semicolons between them.</summary>
    public string AlternativeHosts { get; set; } = "";

    public bool WaitingRoom { get; set; }

    public JsonObject? WaitingRoomOptions { get; set; }

    public bool EnforceLogin { get; set; }

    public string? EnforceLoginDomains { get; set; }

    public bool MeetingAuthentication { get; set; }

    public string? AuthenticationOption { get; set; }

    public string? AuthenticationName { get; set; }

    public string? AuthenticationDomains { get; set; }

    public JsonArray? AuthenticationException { get; set; }

    public JsonArray? MeetingInvitees { get; set; }

    public JsonObject? ApprovedOrDeniedCountriesOrRegions { get; set; }

    public string EncryptionType { get; set; } = "enhanced_encryption";

    public bool AllowMultipleDevices { get; set; }

    public bool PrivateMeeting { get; set; }

    public bool InternalMeeting { get; set; }

    public bool FocusMode { get; set; }

    public bool EmailNotification { get; set; } = true;

    public bool ShowShareButton { get; set; }

    public bool? EmailInAttendeeReport { get; set; }

    public bool? DisableParticipantVideo { get; set; }

    internal JsonObject ToJson() => ZoomJson.ToObject(this);

    /// <summary>These settings with an API body's keys laid over them; unknown keys are ignored.</summary>
    /// <exception cref="JsonException">A value has the wrong type.</exception>
    internal MeetingSettings With(JsonObject changes) =>
        ZoomJson.Merge(ToJson(), changes).Deserialize<MeetingSettings>(ZoomJson.Options)!;

    /// <summary>Name of the first field whose value Zoom does not know, or null.</summary>
    internal string? FirstInvalidField() =>
        ApprovalType is < 0 or > 2 ? "settings.approval_type"
        : RegistrationType is < 1 or > 3 ? "settings.registration_type"
        : JbhTime is not (0 or 5 or 10 or 15) ? "settings.jbh_time"
        : AutoRecording is not ("local" or "cloud" or "none") ? "settings.auto_recording"
        : EncryptionType is not ("enhanced_encryption" or "e2ee") ? "settings.encryption_type"
        : null;
}
