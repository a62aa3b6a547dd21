using System.Globalization;
using System.Net.Http.Headers;

namespace SessionGuard.Zoom.Client;

/// <summary>Zoom writes it in seconds, as an HTTP date or, for daily limits, as an ISO 8601 date-time, which HTTP does not know.</summary>
internal static class RetryAfter
{
    private const NumberStyles Seconds = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private static readonly string[] Dates = ["r", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Nothing Zoom limits lasts longer than a day; a larger value is a mistake that must not switch a school off.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <returns>The earliest instant for the next call, within <paramref name="now"/> and a day later; null without a usable header.</returns>
    public static DateTimeOffset? Read(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.NonValidated.TryGetValues("Retry-After", out var values) ? Parse(values.ToString(), now) : null;

    public static DateTimeOffset? Parse(string value, DateTimeOffset now)
    {
        if (decimal.TryParse(value, Seconds, CultureInfo.InvariantCulture, out var seconds))
        {
            return now + TimeSpan.FromSeconds((double)Math.Min(seconds, (decimal)Longest.TotalSeconds));
        }

        if (!DateTimeOffset.TryParseExact(value.Trim(), Dates, CultureInfo.InvariantCulture, Utc, out var instant))
        {
            return null;
        }

        return instant <= now ? now : instant - now <= Longest ? instant : now + Longest;
    }
}
