using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// What a span may tell is listed here, and the rest is taken from it before it leaves. The libraries' spans hold paths, which are families'
/// codes, whole addresses of calls to Zoom, what a browser says of itself, and messages of exceptions.
/// </summary>
internal sealed class SpansWithoutPeople : BaseProcessor<Activity>
{
    private const string OurTags = "sessionguard.";

    /// <summary>A statement comes without its values. A host is not among them on purpose: whoever asks us writes it.</summary>
    private static readonly FrozenSet<string> Kept = FrozenSet.ToFrozenSet(
    [
        "http.request.method", "http.route", "http.response.status_code", "error.type",
        "db.system.name", "db.operation.name", "db.query.text", "db.response.status_code",
    ]);

    public override void OnEnd(Activity data)
    {
        foreach (var (tag, _) in data.TagObjects.ToList())
        {
            if (!Kept.Contains(tag) && !tag.StartsWith(OurTags, StringComparison.Ordinal))
            {
                data.SetTag(tag, null);
            }
        }

        data.SetStatus(data.Status); // without its words
        if (data.Events.Any(e => e.Tags.Any()))
        {
            // What an event tells cannot be taken away, and that of an exception quotes it. The span around it tells that something failed.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
