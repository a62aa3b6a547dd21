using System.Text.Json;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>What a body may change on one date of a series. All else in it, the passcode above all, is ignored.</summary>
internal sealed record OccurrenceWish
{
    private static readonly string[] Allowed =
        ["host_video", "participant_video", "join_before_host", "mute_upon_entry", "waiting_room", "watermark", "auto_recording"];

    private string? Agenda { get; init; }

    private int? Minutes { get; init; }

    private DateTimeOffset? Start { get; init; }

    private JsonObject Settings { get; init; } = [];

    public static OccurrenceWish Read(ApiCall call, SandboxMeeting meeting) => new()
    {
        Agenda = call.BodyValue<string>("agenda"),
        Minutes = call.BodyValue<int?>("duration"),
        Start = MeetingWish.ReadStart(call, meeting.TimeZone, creating: false),
        Settings = ReadSettings(call, meeting.Settings),
    };

    public void ApplyTo(MeetingOccurrence occurrence)
    {
        occurrence.Agenda = Agenda ?? occurrence.Agenda;
        occurrence.Minutes = Minutes ?? occurrence.Minutes;
        occurrence.Start = Start ?? occurrence.Start;
        occurrence.Settings = ZoomJson.Merge(occurrence.Settings, Settings);
    }

    private static JsonObject ReadSettings(ApiCall call, MeetingSettings series)
    {
        if (call.Body["settings"] is not JsonObject asked)
        {
            return [];
        }

        var kept = ZoomJson.Only(asked, Allowed.Contains);
        try
        {
            return series.With(kept).FirstInvalidField() is { } field ? throw ZoomRefusal.InvalidField(field, "Invalid field.") : kept;
        }
        catch (JsonException)
        {
            throw ZoomRefusal.InvalidField("settings", "Invalid field.");
        }
    }
}
