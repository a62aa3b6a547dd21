using Microsoft.Extensions.Options;
using SessionGuard.Security;

namespace SessionGuard.Sessions;

/// <summary>The one address by which families come to a class. It stays when Zoom's link, passcode or time changes.</summary>
internal sealed class JoinAddresses(LinkCodes codes, IOptions<ServiceOptions> service)
{
    public Uri Of(ClassSeries series) =>
        new($"{service.Value.PublicUrl.TrimEnd('/')}/j/{codes.CodeOf(LinkCodes.OfClass, SubjectOf(series.Id, series.JoinCodeVersion))}");

    /// <summary>What the code in a class's address is made of; a new version makes a new address.</summary>
    public static string SubjectOf(Guid seriesId, int version) => $"{seriesId}:{version}";
}
