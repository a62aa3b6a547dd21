using System.Net;
using Microsoft.AspNetCore.Http;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Http;

/// <summary>Somebody at an address of the network, who says whatever they like in headers.</summary>
internal static class Peer
{
    public static Task<HttpContext> AskAsync(this App app, string from, string path, params IEnumerable<(string Name, string Value)> headers) =>
        app.AskAsync("GET", from, path, headers);

    public static Task<HttpContext> AskAsync(
        this App app, string method, string from, string path, params IEnumerable<(string Name, string Value)> headers) => app.Server.SendAsync(context =>
    {
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        (context.Request.Method, context.Request.Scheme, context.Request.Path) = (method, "http", path);
        context.Request.Host = new HostString("localhost");
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }
    });
}
