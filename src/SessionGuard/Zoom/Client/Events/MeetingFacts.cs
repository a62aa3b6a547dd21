using System.Text.Json;

namespace SessionGuard.Zoom.Client.Events;

/// <summary>One date of a recurring meeting.</summary>
/// <param name="Id">Opaque; Zoom makes it from the original start, and it stays when the date is moved.</param>
internal sealed record OccurrenceFacts(string Id, DateTimeOffset Start, int? Minutes, bool Deleted);

/// <summary>What the <c>object</c> of a meeting or participant event says about the meeting. Null: not said.</summary>
/// <param name="Start">The planned start in an announcement, the real one in an event of a run.</param>
/// <param name="Minutes">The planned length, also in <c>meeting.ended</c>.</param>
internal sealed record MeetingFacts(
    long MeetingId,
    string? Uuid,
    string? HostId,
    string? HostEmail,
    string? Topic,
    int? Type,
    DateTimeOffset? Start,
    int? Minutes,
    DateTimeOffset? End,
    IReadOnlyList<OccurrenceFacts> Occurrences)
{
    /// <exception cref="FormatException">There is no meeting number: without one the event says nothing.</exception>
    public static MeetingFacts Read(JsonElement payload)
    {
        var meeting = payload.Child("object") ?? throw new FormatException("The event has no object.");
        return new MeetingFacts(
            meeting.Number("id") ?? throw new FormatException("The event names no meeting."),
            meeting.Text("uuid"),
            meeting.Text("host_id"),
            meeting.Text("host_email"),
            meeting.Text("topic"),
            (int?)meeting.Number("type"),
            meeting.Instant("start_time"),
            (int?)meeting.Number("duration"),
            meeting.Instant("end_time"),
            meeting.Child("occurrences") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(Occurrence).OfType<OccurrenceFacts>()] : []);
    }

    private static OccurrenceFacts? Occurrence(JsonElement occurrence) =>
        occurrence.Text("occurrence_id") is { } id && occurrence.Instant("start_time") is { } start
            ? new OccurrenceFacts(id, start, (int?)occurrence.Number("duration"), occurrence.Text("status") == "deleted")
            : null;
}
