namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>What came back from one request, and how the request was signed.</summary>
internal sealed record WebhookReply(int? Status, string Body, string Timestamp, string Signature, string TrackingId);
