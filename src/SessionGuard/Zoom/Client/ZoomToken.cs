namespace SessionGuard.Zoom.Client;

/// <param name="Scopes">What the app may do, such as <c>meeting:read:meeting:admin</c>.</param>
internal sealed record ZoomToken(Secret Value, DateTimeOffset IssuedAt, IReadOnlySet<string> Scopes);
