using System.Globalization;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox;

/// <summary>One date of a recurring meeting with fixed times.</summary>
public sealed class MeetingOccurrence
{
    internal MeetingOccurrence(DateTimeOffset start, int minutes)
    {
        OccurrenceId = start.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        Start = start;
        Minutes = minutes;
    }

    /// <summary>The original start in epoch milliseconds; moving the occurrence does not change it.</summary>
    public string OccurrenceId { get; }

    public DateTimeOffset Start { get; set; }

    public int Minutes { get; set; }

    public string? Agenda { get; set; }

    /// <summary>A deleted occurrence stays in the list with this set.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>Settings that differ from the series', by their JSON names.</summary>
    internal JsonObject Settings { get; set; } = [];

    internal JsonObject ToJson() => new()
    {
        ["occurrence_id"] = OccurrenceId,
        ["start_time"] = ZoomJson.Instant(Start),
        ["duration"] = Minutes,
        ["status"] = IsDeleted ? "deleted" : "available",
    };
}
