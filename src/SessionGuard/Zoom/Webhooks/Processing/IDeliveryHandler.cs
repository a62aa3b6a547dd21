using SessionGuard.Platform.Storage;

namespace SessionGuard.Zoom.Webhooks.Processing;

/// <summary>A feature's part in applying deliveries. An event that no handler names is ignored.</summary>
internal interface IDeliveryHandler
{
    /// <summary>Zoom's names of the events it applies.</summary>
    IReadOnlySet<string> Events { get; }

    /// <summary>
    /// Applies deliveries of one organisation, ordered by the times inside them. Changes the context and saves nothing: the inbox saves
    /// once, with the deliveries' own state. Any order and any repeats over calls must end in the same state.
    /// </summary>
    /// <remarks>
    /// An exception means that none of them is applied; they are then tried one at a time, and one that keeps failing is set aside.
    /// </remarks>
    /// <exception cref="FormatException">A delivery is not what its event promises. It is set aside at once.</exception>
    Task ApplyAsync(SessionGuardDb db, IReadOnlyList<Delivery> deliveries, CancellationToken cancellation);
}
