using System.Net;
using System.Net.Sockets;

namespace SessionGuard.Platform.Security;

/// <summary>Counts what comes from one place within a minute. A place is the address that a request came from, or an IPv6 household.</summary>
/// <remarks>Behind a proxy that <c>Web:KnownProxies</c> does not name, everybody comes from one place and shares one allowance.</remarks>
internal sealed class ClientRateLimiter(int allowed, TimeProvider clock)
{
    /// <summary>Places remembered in a minute. Whoever commands more than that shares one count with all the others.</summary>
    private const int MostPlaces = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _counts = [];
    private DateTimeOffset _since;

    /// <summary>One more.</summary>
    /// <returns>True when there were more than allowed.</returns>
    public bool IsTooMany(IPAddress? from)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _since >= TimeSpan.FromMinutes(1))
            {
                _counts.Clear();
                _since = now;
            }

            var place = GetPlace(from);
            place = _counts.Count < MostPlaces || _counts.ContainsKey(place) ? place : IPAddress.None;
            _counts[place] = _counts.GetValueOrDefault(place) + 1;
            return _counts[place] > allowed;
        }
    }

    /// <summary>Of IPv6 the first 64 bits: the rest is one household's to choose.</summary>
    private static IPAddress GetPlace(IPAddress? from)
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
