using System.ComponentModel.DataAnnotations;

namespace SessionGuard.Zoom.Client;

/// <summary>Where Zoom's API is, how long it may take, and how its deliveries are judged; bound to <c>Zoom</c>.</summary>
internal sealed class ZoomOptions
{
    /// <summary>Base of the REST API. Default <c>https://api.zoom.us/v2/</c>; plain http is taken on this machine only.</summary>
    [Required]
    public Uri ApiBaseUrl { get; init; } = new("https://api.zoom.us/v2/");

    /// <summary>Where access tokens are given. Default <c>https://zoom.us/oauth/token</c>; plain http is taken on this machine only.</summary>
    [Required]
    public Uri TokenUrl { get; init; } = new("https://zoom.us/oauth/token");

    /// <summary>How long one try of a call may take, its token and body included. 500 ms to 30 s; default 4 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:30")]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a call may take with every try and wait between. 1 s to 1 min, at least one try; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How old a delivery's timestamp may be. 5 minutes to 1 day; default 2 hours.</summary>
    /// <remarks>Zoom retries for 85 minutes, may not sign anew, and takes our 401 as final: a tight window loses events.</remarks>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan SignatureTolerance { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Credentials and tokens travel to it, so it is https, or it stays on this machine (the sandbox).</summary>
    public static bool IsSafe(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
