using System.Net;
using SessionGuard.Platform.Security;

namespace SessionGuard.Safeguarding.Families;

/// <summary>Counts codes that opened nothing, by where they came from. A code that opens something is never held up by it.</summary>
internal sealed class CodeGuesses(TimeProvider clock)
{
    /// <summary>Unknown codes from one place within a minute that are still told what to do.</summary>
    public const int Allowed = 20;

    private readonly ClientRateLimiter _misses = new(Allowed, clock);

    /// <summary>One more unknown code.</summary>
    /// <returns>True when there were too many.</returns>
    public bool Miss(IPAddress? from) => _misses.IsTooMany(from);
}
