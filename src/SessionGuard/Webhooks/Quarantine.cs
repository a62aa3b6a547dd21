using System.Collections.Concurrent;

namespace SessionGuard.Webhooks;

/// <summary>
/// How many deliveries outside the signature's tolerance are still kept. They are refused, but a wrong clock, here or at Zoom,
/// must not lose what happened in a lesson. Counted on this node since its start, so the limit is a rough one.
/// </summary>
internal sealed class Quarantine(TimeProvider clock)
{
    public const int PlacesADay = 1000;

    private readonly ConcurrentDictionary<Guid, (DateOnly Day, int Taken)> _taken = new();

    public bool TryTakePlace(Guid organisationId)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (_, taken) = _taken.AddOrUpdate(organisationId, (today, 1), (_, t) => t.Day == today ? (today, Math.Min(t.Taken, PlacesADay) + 1) : (today, 1));
        return taken <= PlacesADay;
    }
}
