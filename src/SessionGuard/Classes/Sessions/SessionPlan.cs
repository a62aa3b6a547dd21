namespace SessionGuard.Classes.Sessions;

/// <summary>A date in a meeting's schedule.</summary>
internal sealed record PlannedDate(string Key, DateTimeOffset Start, DateTimeOffset End);

/// <summary>One run of a meeting and the earliest instant that is known of it.</summary>
internal sealed record Run(string Uuid, DateTimeOffset From);

/// <summary>The date that a run belongs to, planned or not.</summary>
internal sealed record PlacedRun(string Uuid, PlannedDate Date, bool Planned);

/// <summary>
/// Decides which session each run of a meeting belongs to. Everything is worked out anew from all that is known, so it does not
/// matter in which order it became known.
/// </summary>
internal static class SessionPlan
{
    /// <summary>How much before its planned start a class may be opened.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(30);

    /// <summary>How much after its planned end a dropped class may still be started again.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(120);

    /// <param name="usual">The length of a class that stands in no schedule.</param>
    public static IReadOnlyList<PlacedRun> Place(IReadOnlyCollection<PlannedDate> planned, IEnumerable<Run> runs, TimeSpan usual)
    {
        var placed = new List<PlacedRun>();
        PlannedDate? unplanned = null;
        foreach (var run in runs.OrderBy(r => r.From).ThenBy(r => r.Uuid, StringComparer.Ordinal))
        {
            var date = planned.Where(d => Covers(d, run)).MinBy(d => ((d.Start - run.From).Duration(), d.Key));
            if (date is null)
            {
                unplanned = unplanned is not null && Covers(unplanned, run) ? unplanned : new PlannedDate($"run:{run.Uuid}", run.From, run.From + usual);
            }

            placed.Add(new PlacedRun(run.Uuid, date ?? unplanned!, date is not null));
        }

        return placed;
    }

    private static bool Covers(PlannedDate date, Run run) => run.From >= date.Start - Early && run.From < date.End + Late;
}
