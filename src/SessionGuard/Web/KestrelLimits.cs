using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SessionGuard.Web;

/// <summary>How long a connection may take over anything, and how much it may hold: whoever sends or reads a byte at a time is let go.</summary>
internal static class KestrelLimits
{
    private const int NobodyReads = 8_000;

    // A megabyte by default, which a client fills that asks and asks and reads no answer. A body is read in pieces anyway.
    private const int RequestBufferBytes = 64 * 1024;

    public static void AddKestrelLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxRequestBufferSize = RequestBufferBytes;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
        builder.Services.Configure<SocketTransportOptions>(transport =>
        {
            transport.MaxReadBufferSize = RequestBufferBytes; // what the limit above is for TLS
            transport.CreateBoundListenSocket = Listen;
        });
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
