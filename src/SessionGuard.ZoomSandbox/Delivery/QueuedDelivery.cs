namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>An event on its way to the receiver.</summary>
internal sealed class QueuedDelivery(RaisedEvent raised)
{
    public RaisedEvent Raised { get; } = raised;

    public int Tries { get; set; }

    public string? FirstTimestamp { get; set; }
}
