using SessionGuard.Platform.Storage;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Sessions;

/// <param name="HasTurned">The result is another than before, or the first.</param>
internal sealed record WrittenResult(RuleRecord Record, bool HasTurned);

/// <summary>The one writer of what rules say about sessions, whichever kind of rule it is. The caller saves.</summary>
internal static class RuleResults
{
    /// <param name="known">The session's records so far, tracked; a new one is added.</param>
    /// <returns>Null: the rule is not needed and never was, which is nothing to keep.</returns>
    public static WrittenResult? WriteResult(
        this SessionGuardDb db, Session session, ICollection<RuleRecord> known, Rule rule, Judgement said, DateTimeOffset now)
    {
        if (known.FirstOrDefault(r => r.SessionId == session.Id && r.Rule == rule.Id) is { } record)
        {
            return new WrittenResult(record, Turn(record, said, now));
        }

        if (said.Result is RuleResult.NotNeeded)
        {
            return null;
        }

        var first = new RuleRecord
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = session.OrganisationId,
            SessionId = session.Id,
            Rule = rule.Id,
            Result = said.Result,
            Certainty = said.Certainty,
            Why = said.Why,
            JudgedAt = now,
            Since = now,
        };
        db.Add(first);
        known.Add(first);
        return new WrittenResult(first, HasTurned: true);
    }

    /// <summary>A record that says the same as before is left as it is: a live class is judged twice a minute.</summary>
    private static bool Turn(RuleRecord record, Judgement said, DateTimeOffset now)
    {
        if ((record.Result, record.Certainty, record.Why) == (said.Result, said.Certainty, said.Why))
        {
            return false;
        }

        var hasTurned = record.Result != said.Result;
        record.Result = said.Result;
        record.Certainty = said.Certainty;
        record.Why = said.Why;
        record.JudgedAt = now;
        record.Since = hasTurned ? now : record.Since;
        return hasTurned;
    }
}
