using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace SessionGuard.Platform.Http;

/// <summary>
/// Believes <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> from the proxies that are named, and from nobody else. Comes after the framework's own
/// settings: its environment variable would believe everybody.
/// </summary>
internal sealed class ReverseProxies(IOptions<WebOptions> web) : IPostConfigureOptions<ForwardedHeadersOptions>
{
    public void PostConfigure(string? name, ForwardedHeadersOptions options)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Read(web.Value.KnownProxies) ?? [])
        {
            options.KnownIPNetworks.Add(network);
        }

        // An empty list means everybody to the framework.
        options.ForwardedHeaders = options.KnownIPNetworks.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.ForwardLimit = null; // through as many as are named, and no further
    }

    /// <returns>Null when an entry is neither an address nor a network.</returns>
    public static IReadOnlyList<System.Net.IPNetwork>? Read(string list)
    {
        var networks = new List<System.Net.IPNetwork>();
        foreach (var entry in WebOptions.Split(list))
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                networks.Add(new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
            {
                networks.Add(network);
            }
            else
            {
                return null;
            }
        }

        return networks;
    }
}
