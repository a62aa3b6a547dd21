namespace SessionGuard.ZoomSandbox;

public enum DeliveryOutcome
{
    /// <summary>200 or 204 within three seconds; on a retry any 2xx.</summary>
    Delivered,

    /// <summary>An answer that Zoom takes as final: 3xx, 4xx. The event is lost.</summary>
    Rejected,

    /// <summary>5xx, no answer in three seconds or no connection; tried again unless it was the fourth time.</summary>
    Failed,
}
