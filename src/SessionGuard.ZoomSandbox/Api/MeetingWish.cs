using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;
using SessionGuard.ZoomSandbox.Meetings;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>What a body asks of a meeting, checked before anything changes. Null members were not asked for.</summary>
internal sealed record MeetingWish
{
    private const int LongestTopic = 200;

    private string? Topic { get; init; }

    private string? Agenda { get; init; }

    private int? Minutes { get; init; }

    private string? TimeZone { get; init; }

    private string? Passcode { get; init; }

    private DateTimeOffset? Start { get; init; }

    private MeetingRecurrence? Recurrence { get; init; }

    private MeetingSettings? Settings { get; init; }

    public static MeetingWish Read(ApiCall call, SandboxMeeting meeting, bool creating)
    {
        var zone = call.BodyValue<string>("timezone");
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            throw ZoomRefusal.InvalidField("timezone", "Invalid field.");
        }

        return new MeetingWish
        {
            Topic = ReadTopic(call),
            Agenda = call.BodyValue<string>("agenda"),
            Minutes = call.BodyValue<int?>("duration"),
            TimeZone = zone,
            Passcode = ReadPasscode(call, meeting.Host, creating),
            Start = ReadStart(call, zone ?? meeting.TimeZone, creating),
            Recurrence = Parse(() => call.Body["recurrence"].Deserialize<MeetingRecurrence>(ZoomJson.Options), "recurrence"),
            Settings = ReadSettings(call, meeting.Settings),
        };
    }

    public void ApplyTo(SandboxMeeting meeting)
    {
        meeting.Topic = Topic ?? meeting.Topic;
        meeting.Agenda = Agenda ?? meeting.Agenda;
        meeting.Minutes = Minutes ?? meeting.Minutes;
        meeting.TimeZone = TimeZone ?? meeting.TimeZone;
        meeting.Passcode = Passcode ?? meeting.Passcode;
        meeting.Start = Start ?? meeting.Start;
        meeting.Recurrence = Recurrence ?? meeting.Recurrence;
        meeting.Settings = Settings ?? meeting.Settings;
    }

    /// <summary>A time without a Z is local in the meeting's zone. A past one is ignored when updating.</summary>
    public static DateTimeOffset? ReadStart(ApiCall call, string zone, bool creating)
    {
        if (call.BodyValue<string>("start_time") is not { } text)
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
        {
            throw ZoomRefusal.InvalidField("start_time", "Invalid field.");
        }

        var isLocal = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Kind == DateTimeKind.Unspecified;
        var instant = isLocal
            ? new DateTimeOffset(start.DateTime, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(start.DateTime)).ToUniversalTime()
            : start.ToUniversalTime();
        return instant < call.World.Now && !creating ? null : instant;
    }

    private static string? ReadTopic(ApiCall call)
    {
        var topic = call.BodyValue<string>("topic");
        return topic?.Length > LongestTopic ? throw ZoomRefusal.InvalidField("topic", "Invalid field.") : topic;
    }

    private static string? ReadPasscode(ApiCall call, SandboxHost host, bool creating)
    {
        var passcode = call.BodyValue<string>("password");
        return passcode is not null && Passcodes.Objection(passcode, host.PasscodeRequirement, creating) is { } objection
            ? throw ZoomRefusal.InvalidField("password", objection)
            : passcode;
    }

    private static MeetingSettings? ReadSettings(ApiCall call, MeetingSettings current)
    {
        if (call.Body["settings"] is not JsonObject changes)
        {
            return null;
        }

        var settings = Parse(() => current.With(changes), "settings")!;
        return settings.FirstInvalidField() is { } field ? throw ZoomRefusal.InvalidField(field, "Invalid field.") : settings;
    }

    private static T? Parse<T>(Func<T?> read, string field)
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            throw ZoomRefusal.InvalidField(field, "Invalid field.");
        }
    }
}
