namespace SessionGuard.ZoomSandbox;

/// <summary>One try at delivering one event, and what came of it.</summary>
/// <param name="Number">1 for the first try, up to 4.</param>
/// <param name="Status">Null when there was no answer.</param>
/// <param name="TrackingId">Different for each try.</param>
public sealed record DeliveryAttempt(
    string Event,
    int Number,
    DateTimeOffset At,
    DeliveryOutcome Outcome,
    int? Status,
    string Body,
    string Timestamp,
    string Signature,
    string TrackingId);
