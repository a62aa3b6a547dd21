namespace SessionGuard.Zoom.Client;

/// <summary>Parts of an address that come from outside.</summary>
internal static class ZoomPath
{
    /// <exception cref="ArgumentException">The value would change the path instead of being a part of it.</exception>
    public static string Segment(string value) =>
        value is "" or "." or ".."
            ? throw new ArgumentException("Not an id of Zoom's.", nameof(value))
            : Uri.EscapeDataString(value);

    /// <summary>
    /// An instance's uuid is base64 and may hold slashes. Zoom decodes the path once too often, so one that starts with a slash
    /// or holds two in a row must be encoded twice.
    /// </summary>
    /// <remarks>developers.zoom.us, "Using Zoom APIs", Meeting ID and UUID.</remarks>
    public static string Instance(string uuid)
    {
        var once = Segment(uuid);
        return uuid.StartsWith('/') || uuid.Contains("//", StringComparison.Ordinal) ? Uri.EscapeDataString(once) : once;
    }
}
