using System.Net;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Http;

/// <summary>
/// Pages and the API answer only to the names they are reached by: a page elsewhere whose name is made to point here gets nothing to read. The
/// webhook endpoint is not behind this, since Zoom takes a refusal as final; and machines that look after the service call it by its number.
/// </summary>
internal sealed class OwnHosts(RequestDelegate next, IOptions<ServiceOptions> service, IOptions<WebOptions> web)
{
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly PathString[] ForMachines = ["/health", "/metrics"];

    private readonly HashSet<string>? _names = GetNames(new Uri(service.Value.PublicUrl), WebOptions.Split(web.Value.OtherHosts));

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (_names is null || _names.Contains(request.Host.Host) || Array.Exists(ForMachines, path => request.Path.StartsWithSegments(path)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }

    /// <returns>Null: any name will do.</returns>
    private static HashSet<string>? GetNames(Uri publicUrl, string[] others) =>
        others.Contains("*") || (IPAddress.TryParse(publicUrl.Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
            ? null
            : new HashSet<string>([publicUrl.IdnHost, publicUrl.Host, .. ThisMachine, .. others], StringComparer.OrdinalIgnoreCase);
}
