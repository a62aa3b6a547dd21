using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>
/// What a rule's result does to the one flag of its session: raises it, adds to it, clears it or opens it again. What a person decided
/// stands. The caller saves.
/// </summary>
internal sealed class FlagWork(SessionGuardDb db)
{
    /// <summary>How long an unsure finding is the teacher's to explain.</summary>
    public static readonly TimeSpan TeachersTime = TimeSpan.FromHours(24);

    private const string Cleared = "New evidence took the ground away.";

    private readonly List<(Flag Flag, SessionFile File)> _toTell = [];

    /// <summary>Flags that somebody must now be told of.</summary>
    public IReadOnlyList<(Flag Flag, SessionFile File)> ToTell => _toTell;

    public void Take(SessionFile file, Rule rule, Judgement said, Severity severity)
    {
        var flag = file.Flags.Find(f => f.Rule == rule.Id);
        switch (said.Result)
        {
            case RuleResult.NotMet when flag is null && !file.Accepted.Contains(rule.Id):
                Raise(file, rule, said, severity);
                break;
            case RuleResult.NotMet when flag is { IsOpen: true }:
                Update(file, flag, said, severity);
                break;
            case RuleResult.NotMet when flag is not null && MayReopen(file, flag, severity):
                Reopen(file, flag, said, severity);
                break;
            case RuleResult.Met or RuleResult.NotNeeded when flag is { IsOpen: true }:
                Clear(file, flag, said);
                break;
            case RuleResult.CouldNotCheck when flag is { IsOpen: true }:
                Say(file, flag, said);
                break;
            case RuleResult.NotMet or RuleResult.Met or RuleResult.NotNeeded or RuleResult.CouldNotCheck:
                break;
        }
    }

    /// <summary>The evidence brought it back, or it has become graver than what was decided on.</summary>
    private static bool MayReopen(SessionFile file, Flag flag, Severity severity) =>
        flag.Status is not FlagStatus.Concern
        && (flag.IsDecided ? severity > flag.Severity && flag.Status is not FlagStatus.Accepted : !file.Accepted.Contains(flag.Rule));

    private void Raise(SessionFile file, Rule rule, Judgement said, Severity severity)
    {
        var now = file.Evidence.Now;
        var flag = new Flag
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = file.Session.OrganisationId,
            SessionId = file.Session.Id,
            Rule = rule.Id,
            Severity = severity,
            Certainty = said.Certainty,
            Status = FlagStatus.Open,
            Summary = said.Why,
            RaisedAt = now,
        };
        db.Add(flag);
        file.Flags.Add(flag);
        Hand(flag, now);
        Add(flag, now, FlagEvidence.OfRule, said);
        Note(flag, now, FlagActions.Raised);
        _toTell.Add((flag, file));
    }

    private void Reopen(SessionFile file, Flag flag, Judgement said, Severity severity)
    {
        var now = file.Evidence.Now;
        flag.Severity = severity;
        flag.Certainty = said.Certainty;
        flag.Summary = said.Why;
        flag.RaisedAt = now;
        flag.Reason = null;
        flag.Note = null;
        flag.DecidedBy = null;
        flag.DecidedAt = null;
        flag.AcceptedUntil = null;
        Hand(flag, now);
        Add(flag, now, FlagEvidence.OfRule, said);
        Note(flag, now, FlagActions.Reopened);
        _toTell.Add((flag, file));
    }

    private void Update(SessionFile file, Flag flag, Judgement said, Severity severity)
    {
        var now = file.Evidence.Now;
        Say(file, flag, said);
        if ((flag.Severity, flag.Certainty, flag.Summary) == (severity, said.Certainty, said.Why))
        {
            return;
        }

        var graver = severity > flag.Severity;
        var surer = flag.Status is FlagStatus.WithTeacher && !IsForTeacherFirst(severity, said.Certainty);
        if ((flag.Severity, flag.Certainty) != (severity, said.Certainty))
        {
            flag.Severity = severity;
            flag.Certainty = said.Certainty;
            Note(flag, now, FlagActions.Changed);
        }

        flag.Summary = said.Why;
        if (surer)
        {
            Hand(flag, now);
        }

        if (surer || (graver && flag.Status is not FlagStatus.WithTeacher))
        {
            _toTell.Add((flag, file));
        }
    }

    private void Clear(SessionFile file, Flag flag, Judgement said)
    {
        var now = file.Evidence.Now;
        flag.Status = FlagStatus.Closed;
        flag.Reason = CloseReason.EvidenceChanged;
        flag.Note = Cleared;
        flag.DecidedBy = null;
        flag.DecidedAt = now;
        Add(flag, now, FlagEvidence.OfClearing, said);
        Note(flag, now, FlagActions.Cleared);
    }

    /// <summary>To the teacher first, or straight to the lead.</summary>
    private static void Hand(Flag flag, DateTimeOffset now) => (flag.Status, flag.TeacherUntil) = flag switch
    {
        { Severity: Severity.Low } => (FlagStatus.WithTeacher, null),
        _ when IsForTeacherFirst(flag.Severity, flag.Certainty) => (FlagStatus.WithTeacher, now + TeachersTime),
        _ => (FlagStatus.Open, (DateTimeOffset?)null),
    };

    /// <summary>Where a child may be exposed just now, nobody waits for anybody's explanation.</summary>
    private static bool IsForTeacherFirst(Severity severity, Certainty certainty) =>
        severity is Severity.Low || (certainty is Certainty.Unsure && severity is not Severity.Critical);

    private void Say(SessionFile file, Flag flag, Judgement said)
    {
        if (file.LastSaid.GetValueOrDefault(flag.Id) != said.Why)
        {
            Add(flag, file.Evidence.Now, FlagEvidence.OfRule, said);
        }
    }

    private void Add(Flag flag, DateTimeOffset now, string source, Judgement said) => db.Add(new FlagEvidence
    {
        Id = Guid.CreateVersion7(now),
        OrganisationId = flag.OrganisationId,
        FlagId = flag.Id,
        At = now,
        Source = source,
        Result = said.Result,
        Text = said.Why,
    });

    private void Note(Flag flag, DateTimeOffset now, LedgerAction action) => db.Record(new LedgerNote(
        flag.OrganisationId, now, LedgerName.Service, action, LedgerName.Flag(flag.Id),
        new { flag.SessionId, flag.Rule, Severity = flag.Severity.ToString(), Certainty = flag.Certainty.ToString(), Status = flag.Status.ToString() }));
}
