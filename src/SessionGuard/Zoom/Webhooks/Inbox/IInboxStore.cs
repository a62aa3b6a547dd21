namespace SessionGuard.Zoom.Webhooks.Inbox;

/// <summary>One connection that stores deliveries, by hand: this is the one path of the service that must keep up with a burst.</summary>
/// <remarks>One caller at a time. After a failure it opens a new connection by itself.</remarks>
internal interface IInboxStore : IAsyncDisposable
{
    /// <summary>
    /// Stores those of <paramref name="messages"/> that are not stored yet, in one transaction. When it returns they outlive a power cut;
    /// when it throws they may be stored all the same, which their key makes harmless.
    /// </summary>
    /// <returns>How many were new.</returns>
    Task<int> StoreAsync(IReadOnlyList<InboxMessage> messages, CancellationToken cancellation);

    /// <summary>True when a single row was refused, so that its neighbours can still be stored without it.</summary>
    bool BlamesARow(Exception failure);
}
