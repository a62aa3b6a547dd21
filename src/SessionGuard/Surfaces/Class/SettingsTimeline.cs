using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Overview;

namespace SessionGuard.Surfaces.Class;

internal enum LaneState
{
    Unknown,
    Safe,
    Unsafe,
}

/// <summary>What happened at one instant; the number stands in the drawing and in the table.</summary>
internal sealed record TimelineStep(int Number, DateTimeOffset At, IReadOnlyList<string> Facts);

/// <summary>One setting over the steps: its state after each of them.</summary>
internal sealed record TimelineLane(string Title, IReadOnlyList<LaneState> States);

/// <summary>
/// A session's settings over time, ready to be drawn. The steps stand at equal distances: a repair takes seconds and a wait
/// weeks, so a true scale would show neither.
/// </summary>
internal sealed record SettingsTimeline(IReadOnlyList<TimelineStep> Steps, IReadOnlyList<TimelineLane> Lanes)
{
    public static SettingsTimeline CreateTimeline(SessionView view)
    {
        var facts = Snapshots(view).Concat(Repairs(view)).Concat(Runs(view)).Concat(Plan(view)).OrderBy(f => f.At).ToList();
        var steps = facts.GroupBy(f => f.At).Select((group, index) => new TimelineStep(index + 1, group.Key, [.. group.Select(f => f.Fact)])).ToList();
        return new SettingsTimeline(steps, [.. RuleList.OfSettings.Select(rule => new TimelineLane(
            rule.Title, [.. steps.Select(step => StateAt(view, step.At, rule))]))]);
    }

    private static LaneState StateAt(SessionView view, DateTimeOffset instant, SettingsRule rule) =>
        view.Settings.LastOrDefault(s => s.TakenAt <= instant) is not { } snapshot ? LaneState.Unknown
        : rule.IsInPlace(snapshot.Settings) ? LaneState.Safe
        : LaneState.Unsafe;

    private static IEnumerable<(DateTimeOffset At, string Fact)> Snapshots(SessionView view)
    {
        MeetingSettings? before = null;
        foreach (var snapshot in view.Settings)
        {
            var changes = RuleList.OfSettings.Where(r => before is null || r.IsInPlace(before) != r.IsInPlace(snapshot.Settings))
                .Select(r => r.IsInPlace(snapshot.Settings) ? r.Timeline.InPlace : r.Timeline.Missing).ToList();
            yield return (snapshot.TakenAt, (before is null, changes.Count) switch
            {
                (true, _) => $"First look at Zoom: {string.Join("; ", changes)}.",
                (false, 0) => "Zoom’s answer changed in a setting that no safeguard needs.",
                (false, _) => $"Zoom now says: {string.Join("; ", changes)}.",
            });
            before = snapshot.Settings;
        }
    }

    private static IEnumerable<(DateTimeOffset At, string Fact)> Repairs(SessionView view) =>
        view.Repairs.Select(r => (r.At, RepairWords.Sentence(r)));

    private static IEnumerable<(DateTimeOffset At, string Fact)> Runs(SessionView view) =>
        view.Runs.SelectMany(run => new (DateTimeOffset? At, string Fact)[] { (run.StartedAt, "The class started in Zoom."), (run.EndedAt, "It ended in Zoom.") })
            .Where(fact => fact.At is not null).Select(fact => (fact.At!.Value, fact.Fact));

    private static (DateTimeOffset At, string Fact)[] Plan(SessionView view) =>
        view.Session.Status is SessionStatus.Cancelled ? [] : [(view.Session.Start, "Planned start.")];
}
