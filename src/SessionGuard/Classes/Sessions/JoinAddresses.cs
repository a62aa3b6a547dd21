using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;

namespace SessionGuard.Classes.Sessions;

/// <summary>The one address by which families come to a class. It stays when Zoom's link, passcode or time changes.</summary>
internal sealed class JoinAddresses(LinkCodes codes, IOptions<ServiceOptions> service)
{
    public Uri CreateAddress(ClassSeries series) =>
        new($"{service.Value.PublicUrl.TrimEnd('/')}/j/{codes.GetCode(LinkCodes.OfClass, GetSubject(series.Id, series.JoinCodeVersion))}");

    /// <summary>What the code in a class's address is made of; a new version makes a new address.</summary>
    public static string GetSubject(Guid seriesId, int version) => $"{seriesId}:{version}";
}
