using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Overview;

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

    /// <summary>The children who belong to it; empty while nobody has said who does.</summary>
    public required IReadOnlyList<ChildRow> Children { get; init; }

    /// <summary>"8 of 9": the adults who said that they will be there or are, of those who are needed. Null when no child is known.</summary>
    public (int Confirmed, int Expected)? Adults => Children.Count == 0 ? null : (Children.Count(c => c is { IsExpected: true, IsConfirmed: true }), Children.Count(c => c.IsExpected));

    /// <summary>The first names of children whose adult has not said anything yet: "Leo and Maya". Null: none.</summary>
    public string? Missing => Children.Where(c => c is { IsExpected: true, IsConfirmed: false }).Select(c => c.Name).ToList() switch
    {
        [] => null,
        [var only] => only,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
    };

    public string? Teacher => Host is null ? null : Host.Name ?? Host.Email;

    /// <summary>The results of rules that this version knows, in the order of their list.</summary>
    public IEnumerable<(Rule Rule, RuleRecord Record)> Safeguards =>
        RuleList.All.Join(Rules, rule => rule.Id, record => record.Rule, (rule, record) => (rule, record));
}
