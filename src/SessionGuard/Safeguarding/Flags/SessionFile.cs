using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>One session while it is judged: its evidence, and what was said of it before.</summary>
internal sealed class SessionFile
{
    /// <summary>Not tracked: the claim and the status are written on their own.</summary>
    public required Session Session { get; init; }

    public required SessionEvidence Evidence { get; init; }

    /// <summary>Tracked.</summary>
    public required List<RuleRecord> Records { get; init; }

    /// <summary>Tracked.</summary>
    public required List<Flag> Flags { get; init; }

    /// <summary>The last sentence of the rule itself in each flag's evidence, by the flag's id.</summary>
    public required IReadOnlyDictionary<Guid, string> LastSaid { get; init; }

    /// <summary>Rules that the lead accepts for this class on this day.</summary>
    public required IReadOnlySet<string> Accepted { get; init; }

    public required ClassStaff Staff { get; init; }
}

/// <summary>The teachers of one class.</summary>
/// <param name="Emails">The one who hosts it first; normalised for comparing in <paramref name="Keys"/>.</param>
internal sealed record ClassStaff(IReadOnlyList<string> Emails, IReadOnlySet<string> Keys);
