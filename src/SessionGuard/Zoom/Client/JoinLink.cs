namespace SessionGuard.Zoom.Client;

/// <summary>Families are sent to Zoom and nowhere else, whatever an answer says.</summary>
internal static class JoinLink
{
    /// <returns>Null when the link is missing or leads elsewhere.</returns>
    public static Uri? Read(Secret? link) =>
        Uri.TryCreate(link?.Reveal(), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0
        && (address.Host == "zoom.us" || address.Host.EndsWith(".zoom.us", StringComparison.Ordinal))
            ? address
            : null;
}
