using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SessionGuard.Platform.Http;

/// <summary>
/// How long a connection may take over anything, and how much it may hold: whoever sends or reads a byte at a time is let go. No limit is left
/// to the framework, so that none changes with it.
/// </summary>
internal static class KestrelLimits
{
    /// <summary>1 MiB: the largest body that anything here takes. Zoom's recording events with many files are large.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private const int NobodyReads = 8_000;

    // A megabyte by default, which a client fills that asks and asks and reads no answer. A body is read in pieces anyway.
    private const int RequestBufferBytes = 64 * 1024;

    public static void AddKestrelLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            // HTTP/2 where TLS can agree on it, which is what browsers ask for; in clear, as behind a proxy, that leaves HTTP/1.1.
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1AndHttp2);
            Limit(kestrel.Limits);
            Limit(kestrel.Limits.Http2);
        });
        builder.Services.Configure<SocketTransportOptions>(transport =>
        {
            transport.MaxReadBufferSize = RequestBufferBytes; // what the limit above is for TLS
            transport.CreateBoundListenSocket = Listen;
        });
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = 5_000; // a school's families many times over, and below what systems allow of open files
        limits.MaxConcurrentUpgradedConnections = 0; // nothing here speaks anything but HTTP
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestBodySize = MaxBodyBytes;
        limits.MaxRequestBufferSize = RequestBufferBytes;
        limits.MaxResponseBufferSize = 64 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    private static void Limit(Http2Limits limits)
    {
        limits.MaxStreamsPerConnection = 50;
        limits.HeaderTableSize = 4 * 1024;
        limits.MaxFrameSize = 16 * 1024;
        limits.MaxRequestHeaderFieldSize = 8 * 1024;
        limits.InitialStreamWindowSize = RequestBufferBytes;
        limits.InitialConnectionWindowSize = 2 * RequestBufferBytes;
        limits.KeepAlivePingDelay = TimeSpan.FromMinutes(1);
        limits.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    /// <summary>
    /// Kestrel's rate for responses lets whoever asks for much without reading any of it stay for hours: each answer adds to the time
    /// allowed. The kernel can tell that nothing was taken, and ends the connection.
    /// </summary>
    private static Socket Listen(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (OperatingSystem.IsLinux() && endpoint is IPEndPoint)
        {
            const int Tcp = 6, UserTimeout = 18; // linux/tcp.h: TCP_USER_TIMEOUT, milliseconds
            socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes(NobodyReads));
        }

        return socket;
    }
}
