using Microsoft.Extensions.Options;

namespace SessionGuard.Sessions;

/// <summary>The one address by which families come to a class. It stays when Zoom's link, passcode or time changes.</summary>
internal sealed class JoinAddresses(JoinCodes codes, IOptions<ServiceOptions> service)
{
    public Uri Of(ClassSeries series) => new($"{service.Value.PublicUrl.TrimEnd('/')}/j/{codes.CodeOf(series.Id, series.JoinCodeVersion)}");
}
