using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionGuard.Zoom.Client;

/// <summary>What calling Zoom looks like from outside: a span for each call, and a count of the tokens asked for.</summary>
internal sealed class ZoomFigures(IMeterFactory meters)
{
    public const string Name = "SessionGuard.Zoom";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _tokens = meters.Create(Name)
        .CreateCounter<long>("sessionguard.zoom.tokens", "{token}", "Access tokens asked of Zoom, by what came of it.");

    /// <summary>A span named by the call's route: its path may hold an address. Null while nobody listens.</summary>
    public static Activity? Begin(ZoomCall call, Guid organisationId) =>
        Source.StartActivity(call.ToString(), ActivityKind.Client)?.SetTag("sessionguard.organisation", organisationId);

    public static void End(Activity? span, ZoomFault? fault)
    {
        if (span is not null && fault is not null)
        {
            span.SetTag("error.type", fault.Failure.ToString()).SetTag("http.response.status_code", fault.Status);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void CountToken(ZoomFault? fault) => _tokens.Add(1, new KeyValuePair<string, object?>("outcome", fault?.Failure.ToString() ?? "Given"));
}
