using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Judges a batch of claimed sessions and saves what that changed, claims included, in one transaction.</summary>
internal sealed class SessionJudge(SessionGuardDb db, EvidenceReader reader, FlagWork flags, FlagMail mail, SessionClaims claims, TimeProvider clock)
{
    /// <returns>True: of some of them Zoom's report shall be fetched now.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<Session> claimed, CancellationToken cancellation)
    {
        var now = clock.Now();
        var files = await reader.ReadAsync(claimed, now, cancellation);
        var next = files.Select(file => (file.Session, Judge(file))).ToList();
        await mail.TellAsync(flags.ToTell, now, cancellation);
        return await db.InTransactionAsync(async () =>
        {
            var turned = files.Where(f => GetStatus(f) != f.Session.Status).ToList();
            turned.ForEach(file => NoteTurn(file, now));
            await db.SaveChangesAsync(cancellation);
            foreach (var group in turned.GroupBy(f => (Was: f.Session.Status, Is: GetStatus(f))))
            {
                var ids = group.Select(f => f.Session.Id).ToList();
                await db.Set<Session>().Where(s => ids.Contains(s.Id) && s.Status == group.Key.Was).ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.Status, group.Key.Is).SetProperty(s => s.Version, s => s.Version + 1), cancellation);
            }

            var wanted = await AskForReportsAsync(files, now, cancellation);
            await claims.GiveBackAsync(next, cancellation);
            return wanted;
        }, cancellation);
    }

    /// <returns>When the session is due again.</returns>
    private DateTimeOffset? Judge(SessionFile file)
    {
        var pending = new List<DateTimeOffset>();
        foreach (var (rule, record, said) in JudgeSession(file).Concat(JudgeSettings(file)))
        {
            var severity = rule.GetSeverity(said, file.Evidence);
            record.Severity = severity;
            if (said.Result is RuleResult.NotMet && !HasHadItsChance(file.Evidence, rule, record))
            {
                pending.Add(record.Since + JudgeCalendar.RepairsChance);
                continue;
            }

            flags.Take(file, rule, said, severity);
        }

        return JudgeCalendar.Next(file.Evidence, pending);
    }

    private IEnumerable<Judged> JudgeSession(SessionFile file)
    {
        foreach (var rule in RuleList.OfSessions)
        {
            var said = rule.Judge(file.Evidence);
            if (db.WriteResult(file.Session, file.Records, rule, said, file.Evidence.Now) is { } written)
            {
                yield return new Judged(rule, written.Record, said);
            }
        }
    }

    /// <summary>What a look at Zoom found is kept, and weighed here for the class.</summary>
    private static IEnumerable<Judged> JudgeSettings(SessionFile file) =>
        from rule in RuleList.OfSettings
        join record in file.Records on rule.Id equals record.Rule
        select new Judged(rule, record, rule.JudgeInClass(new Judgement(record.Result, record.Certainty, record.Why), file.Evidence));

    private static bool HasHadItsChance(SessionEvidence evidence, Rule rule, RuleRecord record) =>
        !rule.IsPreparation || evidence.HasStarted || evidence.Now - record.Since >= JudgeCalendar.RepairsChance;

    /// <summary>What is over is either told whole or not; which of the two is this judge's word alone.</summary>
    private static SessionStatus GetStatus(SessionFile file) =>
        file.Evidence.Phase is not SessionPhase.Over ? file.Session.Status
        : EvidenceGap.HasHole(file.Evidence) ? SessionStatus.Unverified
        : SessionStatus.Ended;

    private void NoteTurn(SessionFile file, DateTimeOffset now) => db.Record(new LedgerNote(
        file.Session.OrganisationId, now, LedgerName.Service, SessionActions.TurnedTo(GetStatus(file)), LedgerName.Session(file.Session.Id),
        new { From = file.Session.Status }));

    /// <summary>Of a class that should long be over and is not, Zoom's report may know the end; of one that nothing was told of, all.</summary>
    private async Task<bool> AskForReportsAsync(IEnumerable<SessionFile> files, DateTimeOffset now, CancellationToken cancellation)
    {
        var overdue = files.Where(f => MayHaveBeenMissed(f) || MayBeOver(f.Evidence)).Select(f => f.Session.Id).ToList();
        return overdue.Count > 0 && await db.Set<Session>().Where(s => overdue.Contains(s.Id) && s.BackfillDueAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.BackfillDueAt, now), cancellation) > 0;
    }

    /// <summary>Until Zoom has answered for good: each answer has it judged again.</summary>
    private static bool MayBeOver(SessionEvidence evidence) =>
        evidence.Phase is SessionPhase.Live && EvidenceGap.HasHole(evidence) && evidence.Runs.Any(r => r.Report is ReportState.NotYet);

    /// <summary>For a day, and once where even its end was more than a day ago when we came back: each answer has it judged again.</summary>
    private static bool MayHaveBeenMissed(SessionFile file) => EvidenceGap.IsUntold(file.Evidence)
        && (!BackfillCalendar.IsLast(file.Session.End, file.Evidence.Now)
            || file.Records.Exists(r => r.Rule == EvidenceGap.Rule.Id && r.Since == file.Evidence.Now));

    private sealed record Judged(Rule Rule, RuleRecord Record, Judgement Said);
}
