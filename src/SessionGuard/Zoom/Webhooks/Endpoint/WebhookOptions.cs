namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>Bound to <c>Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    /// <summary>
    /// Whether this node takes Zoom's deliveries. Default true; false for a node that runs jobs or serves pages beside others that take
    /// them. Its webhook address is then unknown here, which Zoom takes as final: nothing may lead Zoom to it.
    /// </summary>
    public bool Enabled { get; init; } = true;
}
