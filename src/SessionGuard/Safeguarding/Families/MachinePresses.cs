using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Safeguarding.Families;

/// <summary>
/// Tells a mail scanner that presses buttons from a parent. Some run the page in a browser of their own and press what they find,
/// within seconds of the mail; a parent who is that quick presses once more.
/// </summary>
internal sealed class MachinePresses(SessionGuardDb db, TimeProvider clock)
{
    /// <summary>How long after the sending a press by such an agent counts as a machine's.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Names that scanners and scripted browsers give themselves. Deliberately not "bot": there are telephones called that.</summary>
    private static readonly string[] Agents =
    [
        "HeadlessChrome", "PhantomJS", "Puppeteer", "Playwright", "Selenium", "Barracuda", "Mimecast", "Proofpoint", "SafeLinks", "Symantec",
        "Forcepoint", "FireEye", "TrendMicro", "Cloudmark", "Sophos", "ZScaler", "BitDefender", "python-requests", "python-urllib", "aiohttp",
        "curl/", "Wget/", "Go-http-client", "okhttp", "Java/", "libwww-perl", "Googlebot", "bingbot", "GoogleImageProxy", "scanner", "crawler", "spider",
    ];

    public async Task<bool> IsOneAsync(FamilyLink link, string? userAgent, CancellationToken cancellation)
    {
        if (!IsKnown(userAgent) || link.MailId is not { } mailId)
        {
            return false;
        }

        var mail = await db.Set<OutboxMessage>().AsNoTracking().Where(m => m.Id == mailId)
            .Select(m => new { m.SentAt, m.Tries }).SingleOrDefaultAsync(cancellation);
        var now = clock.Now();
        // The other side may have it, and read it, before we have written down that it left.
        var sent = mail is { SentAt: null, Tries: > 0 } ? now : mail?.SentAt;
        return sent is { } at && now - at < Soon;
    }

    public static bool IsKnown(string? userAgent) =>
        string.IsNullOrWhiteSpace(userAgent) || Array.Exists(Agents, a => userAgent.Contains(a, StringComparison.OrdinalIgnoreCase));
}
