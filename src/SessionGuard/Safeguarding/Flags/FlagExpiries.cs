using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Flags;

internal sealed class FlagRetentionOptions
{
    /// <summary>What each rule said, from the end of the class. 90 days to 100 years; default 1 year.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", KeepFor.AtMost)]
    public TimeSpan RuleResults { get; init; } = TimeSpan.FromDays(366);

    /// <summary>Flags in which nothing was found, from the decision. 30 days to 100 years; default 1 year.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", KeepFor.AtMost)]
    public TimeSpan DismissedFlags { get; init; } = TimeSpan.FromDays(366);

    /// <summary>Flags that were dealt with or accepted, from the decision. 30 days to 100 years; default 3 years.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", KeepFor.AtMost)]
    public TimeSpan SettledFlags { get; init; } = TimeSpan.FromDays(1096);
}

/// <summary>What a rule said goes with the evidence; what a person decided, by the decision. What became a concern stays.</summary>
internal sealed class FlagExpiries(IOptions<FlagRetentionOptions> keep, EndedSessions sessions) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } =
    [
        new Expiry<RuleRecord>("rule results", ExpiryStage.Evidence, 600, keep.Value.RuleResults, shelf => Results(shelf, sessions.On(shelf))),
        new Expiry<Flag>("dismissed flags", ExpiryStage.Findings, 100, keep.Value.DismissedFlags, shelf => Decided(shelf)
            .Where(f => f.Status == FlagStatus.Dismissed || (f.Status == FlagStatus.Closed && f.Reason == CloseReason.EvidenceChanged))),
        new Expiry<Flag>("settled flags", ExpiryStage.Findings, 200, keep.Value.SettledFlags, shelf => Decided(shelf)
            .Where(f => (f.Status == FlagStatus.Closed && f.Reason != CloseReason.EvidenceChanged)
                || (f.Status == FlagStatus.Accepted && f.AcceptedUntil < shelf.Day))),
    ];

    private static IQueryable<RuleRecord> Results(RetentionScope shelf, IQueryable<Session> ended) =>
        shelf.Rows<RuleRecord>().Where(r => ended.Any(s => s.Id == r.SessionId));

    /// <summary>Flags decided before then, where nothing of the same session is open, a concern, or held.</summary>
    private static IQueryable<Flag> Decided(RetentionScope shelf) => shelf.Rows<Flag>().Where(f =>
        (f.DecidedAt < shelf.Before || (f.DecidedAt == null && f.RaisedAt < shelf.Before))
        && !shelf.Holds.Any(h => h.SubjectId == f.SessionId)
        && !shelf.Db.Set<Flag>().Any(other => other.SessionId == f.SessionId
            && (Flag.Undecided.Contains(other.Status) || other.Status == FlagStatus.Concern)));
}

/// <summary>A stored flag keeps the evidence that it rests on.</summary>
internal sealed class FlagsKeepEvidence : IKeepsEvidence
{
    public IQueryable<Guid> SessionsIn(SessionGuardDb db) => db.Set<Flag>().Select(f => f.SessionId);
}
