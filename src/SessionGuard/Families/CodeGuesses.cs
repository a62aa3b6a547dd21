using System.Net;
using System.Net.Sockets;

namespace SessionGuard.Families;

/// <summary>Counts codes that opened nothing, by where they came from. A code that opens something is never held up by it.</summary>
/// <remarks>Behind a proxy all guesses come from one place: then they share one allowance, and families still notice nothing.</remarks>
internal sealed class CodeGuesses(TimeProvider clock)
{
    /// <summary>Unknown codes from one place within a minute that are still told what to do.</summary>
    public const int Allowed = 20;

    /// <summary>Places remembered in a minute. Whoever commands more than that shares one count with all the others.</summary>
    private const int MostPlaces = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _misses = [];
    private DateTimeOffset _since;

    /// <summary>One more unknown code.</summary>
    /// <returns>True when there were too many.</returns>
    public bool Miss(IPAddress? from)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _since >= TimeSpan.FromMinutes(1))
            {
                _misses.Clear();
                _since = now;
            }

            var place = PlaceOf(from);
            place = _misses.Count < MostPlaces || _misses.ContainsKey(place) ? place : IPAddress.None;
            _misses[place] = _misses.GetValueOrDefault(place) + 1;
            return _misses[place] > Allowed;
        }
    }

    /// <summary>Of IPv6 the first 64 bits: the rest is one household's to choose.</summary>
    private static IPAddress PlaceOf(IPAddress? from)
    {
        if (from is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return from ?? IPAddress.None;
        }

        Span<byte> bytes = stackalloc byte[16];
        from.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
