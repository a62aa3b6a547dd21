namespace SessionGuard.Webhooks;

/// <summary>Says on this node that deliveries have been stored, so that they are applied now and not at the next tick.</summary>
internal sealed class InboxSignal
{
    public event Action? Arrived;

    public void Raise() => Arrived?.Invoke();
}
