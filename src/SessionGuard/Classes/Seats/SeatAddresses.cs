using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;

namespace SessionGuard.Classes.Seats;

/// <summary>
/// The address under which a seat is registered in Zoom. It names nobody and takes no mail; a new link needs a new one, since Zoom takes
/// each three times a day.
/// </summary>
internal sealed class SeatAddresses(MasterKey master, IOptions<ServiceOptions> service)
{
    private const int CodeBytes = 10;
    private readonly Lazy<byte[]> _key = new(() => master.Derive("seat-addresses"));

    /// <summary>Zoom refuses a domain without a dot; <c>.invalid</c> can never be anybody's (RFC 2606).</summary>
    private readonly string _domain = new Uri(service.Value.PublicUrl) is { HostNameType: UriHostNameType.Dns, IdnHost: var host } && host.Contains('.', StringComparison.Ordinal)
        ? host
        : "seats.invalid";

    public string CreateAddress(Guid seatId, int generation)
    {
        var code = HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{seatId}")).AsSpan(0, CodeBytes);
        return $"seat-{Convert.ToHexStringLower(code)}-{generation}@{_domain}";
    }
}
