namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>What the endpoint says to a request; the number is the HTTP status.</summary>
/// <remarks>Never 3xx or 429: Zoom takes both as final and does not send again. Never 415: its content types vary.</remarks>
internal enum WebhookAnswer
{
    /// <summary>Stored, now or earlier.</summary>
    Stored = StatusCodes.Status200OK,

    /// <summary>Signed by us, but asking for something we do not sign.</summary>
    BadChallenge = StatusCodes.Status400BadRequest,

    /// <summary>Not signed with this school's secret, not in time, or about another account. All look the same from outside.</summary>
    Refused = StatusCodes.Status401Unauthorized,

    UnknownOrganisation = StatusCodes.Status404NotFound,
    WrongMethod = StatusCodes.Status405MethodNotAllowed,
    TooLarge = StatusCodes.Status413PayloadTooLarge,

    /// <summary>Not known to be stored: Zoom sends it again.</summary>
    TryAgain = StatusCodes.Status503ServiceUnavailable,
}
