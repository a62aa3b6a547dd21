using SessionGuard.Safeguards;
using SessionGuard.Sessions;

namespace SessionGuard.Teaching;

/// <summary>A session with everything that is known about it, as pages and the API show it.</summary>
internal sealed record SessionView(Session Session, Meeting Meeting, ClassSeries Series, ZoomHost? Host)
{
    /// <summary>The last result of each rule that was run; without an order.</summary>
    public required IReadOnlyList<RuleRecord> Rules { get; init; }

    /// <summary>Its runs in Zoom, the earliest first.</summary>
    public required IReadOnlyList<MeetingInstance> Runs { get; init; }

    /// <summary>What was repaired until it ended, the earliest first. A weekly class shares them with the weeks after.</summary>
    public required IReadOnlyList<Repair> Repairs { get; init; }

    /// <summary>Zoom's answers until it ended, the earliest first.</summary>
    public required IReadOnlyList<SettingsSnapshot> Settings { get; init; }

    public string? Teacher => Host is null ? null : Host.Name ?? Host.Email;

    /// <summary>The results of rules that this build knows, as the catalogue orders them.</summary>
    public IEnumerable<(Safeguard Safeguard, RuleRecord Record)> Safeguards =>
        SafeguardCatalogue.All.Join(Rules, s => s.Id, r => r.Rule, (safeguard, record) => (safeguard, record));
}
