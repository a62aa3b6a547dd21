using System.Diagnostics;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// A trace begins and ends in this service. What a stranger writes into a request's trace headers joins nothing of ours, and decides nothing about
/// what is recorded; and Zoom learns no numbers of our traces.
/// </summary>
internal sealed class OwnTraces : DistributedContextPropagator
{
    public static OwnTraces Instance { get; } = new();

    public override IReadOnlyCollection<string> Fields => [];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        traceId = null;
        traceState = null;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
