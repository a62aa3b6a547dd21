using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Overview;

/// <summary>How a session stands in one word and, when something is to do, one sentence.</summary>
/// <param name="Sentence">Null when the word says it all.</param>
/// <param name="ToDo">What the teacher can do about it by hand; null when there is nothing, or we are at it.</param>
internal sealed record Readiness(ResultMark Mark, string? Sentence, string? ToDo = null)
{
    public static Readiness Assess(SessionView view, DateTimeOffset now)
    {
        var isOver = view.Session.End <= now || view.Session.Status is SessionStatus.Ended or SessionStatus.Unverified;
        if (view.Session.Status is SessionStatus.Cancelled)
        {
            return new Readiness(new ResultMark(null, "Cancelled"), null);
        }

        if (GetFirst(view, RuleResult.NotMet) is { } missing)
        {
            return new Readiness(new ResultMark(RuleResult.NotMet, isOver ? "Was missing" : "Not ready", missing.Severity >= Severity.High), missing.Sentence, isOver ? null : ToDoAbout(view, missing.Rule));
        }

        if (GetFirst(view, RuleResult.CouldNotCheck) is { } unknown)
        {
            return new Readiness(new ResultMark(RuleResult.CouldNotCheck, "Could not check"), unknown.Sentence);
        }

        return view.Session.Status is SessionStatus.Unverified ? HasGap
            : view.Safeguards.Any() ? new Readiness(new ResultMark(RuleResult.Met, isOver ? "All was in place" : "Ready"), null)
            : isOver ? new Readiness(new ResultMark(null, "Was not checked"), null)
            : new Readiness(new ResultMark(null, "Not checked yet"), "We look at each class in the week before it starts.");
    }

    private static Readiness HasGap { get; } = new(
        new ResultMark(RuleResult.CouldNotCheck, "Could not check"), "We missed part of this class, so we cannot say that all was in place.");

    /// <summary>The gravest record with this result, and how many more there are. Null: none.</summary>
    private static (Rule Rule, string Sentence, Severity Severity)? GetFirst(SessionView view, RuleResult result)
    {
        var found = view.Safeguards.Where(s => s.Record.Result == result).OrderByDescending(s => s.Record.SeverityBy(s.Rule)).ToList();
        return found.Count == 0 ? null : (found[0].Rule, found[0].Record.Why + More(found.Count - 1), found[0].Record.SeverityBy(found[0].Rule));
    }

    private static string? ToDoAbout(SessionView view, Rule rule) =>
        view.Repairs.LastOrDefault(r => r.Rule == rule.Id) is { Outcome: RepairOutcome.Asked or RepairOutcome.Postponed } ? null : rule.TeachersToDo;

    private static string More(int count) => count == 0 ? "" : $" And {count} more.";
}
