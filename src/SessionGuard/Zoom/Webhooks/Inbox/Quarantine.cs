using System.Buffers.Binary;

namespace SessionGuard.Zoom.Webhooks.Inbox;

/// <summary>
/// Which deliveries outside the signature's tolerance are still kept. They are refused, but a wrong clock, here or at Zoom, must not
/// lose what happened in a lesson. Counted on this node since its start, so the limit is a rough one.
/// </summary>
internal sealed class Quarantine(TimeProvider clock)
{
    public const int PlacesADay = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, HashSet<UInt128>> _kept = [];
    private DateOnly _day;

    /// <summary>False: no place is left today, or this one has its place already. Resending one captured request uses up nothing.</summary>
    public bool TryTakePlace(InboxMessage message)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var half = BinaryPrimitives.ReadUInt128BigEndian(message.DeliveryKey.AsSpan(sizeof(long)));
        lock (_lock)
        {
            if (_day != today)
            {
                _kept.Clear();
                _day = today;
            }

            if (!_kept.TryGetValue(message.OrganisationId, out var kept))
            {
                _kept.Add(message.OrganisationId, kept = []);
            }

            return kept.Count < PlacesADay && kept.Add(half);
        }
    }
}
