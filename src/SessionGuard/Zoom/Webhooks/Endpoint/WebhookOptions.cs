using System.ComponentModel.DataAnnotations;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>How deliveries are judged; bound to <c>Zoom</c>.</summary>
internal sealed class WebhookOptions
{
    /// <summary>How old a delivery's timestamp may be. 5 minutes to 1 day; default 2 hours.</summary>
    /// <remarks>Zoom retries for 85 minutes, may not sign anew, and takes our 401 as final: a tight window loses events.</remarks>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan SignatureTolerance { get; init; } = TimeSpan.FromHours(2);
}
