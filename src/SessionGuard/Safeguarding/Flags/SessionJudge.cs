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
        var judged = SessionRules.Judge(file.Evidence).Select(j => Write(file, j.Rule, j.Judgement)).OfType<Judged>().ToList();
        judged.AddRange(file.Records.Where(r => SettingsRules.All.ContainsKey(r.Rule)).Select(r => new Judged(r, AsJudged(file, r))));
        var pending = new List<DateTimeOffset>();
        foreach (var (record, said) in judged)
        {
            var safeguard = SafeguardCatalogue.GetRule(record.Rule);
            record.Severity = GetSeverity(file.Evidence, safeguard, said);
            var had = HasHadItsChance(file.Evidence, safeguard, record);
            if (said.Result is RuleResult.NotMet && !had)
            {
                pending.Add(record.Since + JudgeCalendar.RepairsChance);
                continue;
            }

            flags.Take(file, record.Rule, said, record.Severity.Value);
        }

        return JudgeCalendar.Next(file.Evidence, pending);
    }

    /// <summary>Null: the rule is not needed and never was, which is nothing to keep.</summary>
    private Judged? Write(SessionFile file, string rule, Judgement said)
    {
        var now = file.Evidence.Now;
        var record = file.Records.Find(r => r.Rule == rule);
        if (record is null && said.Result is RuleResult.NotNeeded)
        {
            return null;
        }

        if (record is null)
        {
            record = new RuleRecord
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = file.Session.OrganisationId,
                SessionId = file.Session.Id,
                Rule = rule,
                Result = said.Result,
                Certainty = said.Certainty,
                Why = said.Why,
                JudgedAt = now,
                Since = now,
            };
            db.Add(record);
            file.Records.Add(record);
        }
        else if ((record.Result, record.Certainty, record.Why) != (said.Result, said.Certainty, said.Why))
        {
            record.Since = record.Result == said.Result ? record.Since : now;
            (record.Result, record.Certainty, record.Why, record.JudgedAt) = (said.Result, said.Certainty, said.Why, now);
        }

        return new Judged(record, said);
    }

    /// <summary>What a look at Zoom found is kept; of a class that is called off nothing is asked any more.</summary>
    private static Judgement AsJudged(SessionFile file, RuleRecord record) => file.Evidence.Phase is SessionPhase.Cancelled
        ? Judgement.NotNeeded("The class was cancelled.")
        : SettingsRules.InClass(record.Rule, new Judgement(record.Result, record.Certainty, record.Why), file.Evidence);

    private static bool HasHadItsChance(SessionEvidence evidence, Safeguard safeguard, RuleRecord record) =>
        !safeguard.IsPrepared || evidence.HasBegun || evidence.Now >= evidence.Start || evidence.Now - record.Since >= JudgeCalendar.RepairsChance;

    private static Severity GetSeverity(SessionEvidence evidence, Safeguard safeguard, Judgement said) =>
        said.Severity ?? (evidence.HasBegun || evidence.Now >= evidence.Start ? safeguard.AtStart : null) ?? safeguard.Severity;

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
            || file.Records.Exists(r => r.Rule == EvidenceGap.Id && r.Since == file.Evidence.Now));

    private sealed record Judged(RuleRecord Record, Judgement Said);
}
