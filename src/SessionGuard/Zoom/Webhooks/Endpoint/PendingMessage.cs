using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>A message on its way into the inbox; the task says whether it is stored.</summary>
/// <remarks>Its continuation runs on the pool: the writer has the next batch to see to.</remarks>
internal sealed class PendingMessage(InboxMessage message) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Null once nobody waits any more: a delivery that got its 503 comes again, and a stuck queue need not hold its body.</summary>
    public InboxMessage? Message { get; private set; } = message;

    public void Abandon() => Message = null;
}
