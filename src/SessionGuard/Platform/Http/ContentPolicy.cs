namespace SessionGuard.Platform.Http;

/// <summary>What a page may load and where its forms may lead: to this service, and to nobody else unless it says so.</summary>
internal static class ContentPolicy
{
    public static string Strict { get; } = With("");

    /// <param name="formTargets">Where a form's answer may redirect to besides this service; separated by spaces.</param>
    public static string With(string formTargets) =>
        $"default-src 'self'; base-uri 'none'; form-action {$"'self' {formTargets}".TrimEnd()}; frame-ancestors 'none'; object-src 'none'";
}
