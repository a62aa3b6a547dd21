using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Zoom.Client;

/// <summary>The lines of all organisations, each made at its first call.</summary>
internal sealed class ZoomLines(
    ZoomHttp http, ZoomFigures figures, IOptions<ZoomOptions> options, TimeProvider clock, ILogger<ZoomLine> logger)
{
    private readonly ConcurrentDictionary<Guid, ZoomLine> _lines = new();

    public ZoomLine For(KnownOrganisation school, ZoomCredentials credentials) => _lines.AddOrUpdate(
        school.Id,
        _ => Make(school, credentials),
        (_, line) => line.IsFor(credentials) ? line : Make(school, credentials));

    private ZoomLine Make(KnownOrganisation school, ZoomCredentials credentials) => new(
        credentials,
        new ZoomTokens(school, credentials, http, figures, options.Value, clock, logger),
        new ZoomPipelines(school, options.Value, clock, logger));
}
