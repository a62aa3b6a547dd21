using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Checking;

/// <summary>Writes down what a check found. The caller saves.</summary>
internal sealed class CheckRecords(SessionGuardDb db)
{
    public async Task<Check> OpenAsync(Check check, CancellationToken cancellation)
    {
        var id = check.Meeting.Id;
        check.Repairs.AddRange(await db.Set<Repair>().TagWith(PreparedStatements.Often).Where(r => r.MeetingId == id).ToListAsync(cancellation));
        check.LastSettings = (await db.Set<SettingsSnapshot>().AsNoTracking().TagWith(PreparedStatements.Often)
            .Where(s => s.MeetingId == id).OrderByDescending(s => s.TakenAt).FirstOrDefaultAsync(cancellation))?.Settings;
        return check;
    }

    /// <summary>Keeps the settings when they differ from the last ones kept.</summary>
    public void Keep(Check check, MeetingSettings settings, DateTimeOffset now)
    {
        if (check.LastSettings == settings)
        {
            return;
        }

        var (school, meeting) = (check.School.Id, check.Meeting.Id);
        db.Add(new SettingsSnapshot { Id = Guid.CreateVersion7(now), OrganisationId = school, MeetingId = meeting, TakenAt = now, Settings = settings });
        db.Record(new LedgerNote(school, now, LedgerName.Zoom, CheckActions.SettingsSeen, LedgerName.Meeting(meeting), settings));
        check.LastSettings = settings;
    }

    /// <summary>Gives every coming session within reach a result for each rule.</summary>
    public async Task JudgeAsync(Check check, Func<string, Judgement> judge, DateTimeOffset now, CancellationToken cancellation)
    {
        var ahead = check.File.Ahead(now).Where(s => s.Start - now <= CheckCalendar.Ahead).ToList();
        var ids = ahead.ConvertAll(s => s.Id);
        var known = await db.Set<RuleRecord>().TagWith(PreparedStatements.Often).Where(r => ids.Contains(r.SessionId)).ToListAsync(cancellation);
        foreach (var (session, rule) in ahead.SelectMany(s => SettingsRules.All.Keys.Select(rule => (s, rule))))
        {
            var record = known.Find(r => r.SessionId == session.Id && r.Rule == rule) ?? NewRecord(session, rule, now);
            var said = judge(rule);
            if (record.Result != said.Result || record.Since == default)
            {
                record.Since = now;
                db.JudgeSoon(session, now);
            }

            (record.Result, record.Certainty, record.Why, record.JudgedAt) = (said.Result, said.Certainty, said.Why, now);
        }
    }

    /// <summary>Writes a repair down before Zoom is asked for it.</summary>
    public Repair Ask(Check check, PlannedRepair planned, MeetingSettings settings, DateTimeOffset now)
    {
        var (before, after) = planned.Field switch
        {
            RepairableField.Passcode => (settings.Passcode is PasscodeStrength.None ? "none" : "weak", "set"),
            RepairableField.WaitingRoom => ("off", "on"),
            RepairableField.JoinBeforeHost => ("on", "off"),
        };
        var repair = new Repair
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = check.School.Id,
            MeetingId = check.Meeting.Id,
            Field = planned.Field,
            Before = before,
            After = after,
            Rule = planned.Rule,
            At = now,
            Outcome = RepairOutcome.Asked,
        };
        check.Repairs.Add(repair);
        db.Add(repair);
        Note(repair, now);
        return repair;
    }

    public void Turn(Repair repair, RepairOutcome outcome, DateTimeOffset now)
    {
        (repair.Outcome, repair.JudgedAt) = (outcome, now);
        Note(repair, now);
    }

    private RuleRecord NewRecord(Session session, string rule, DateTimeOffset now)
    {
        var record = new RuleRecord
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = session.OrganisationId,
            SessionId = session.Id,
            Rule = rule,
            Result = RuleResult.CouldNotCheck,
            Certainty = Certainty.Unsure,
            Why = "",
            JudgedAt = now,
        };
        db.Add(record);
        return record;
    }

    private void Note(Repair repair, DateTimeOffset now) => db.Record(new LedgerNote(
        repair.OrganisationId, now, LedgerName.Service, CheckActions.Repaired(repair.Outcome), LedgerName.Meeting(repair.MeetingId),
        new { repair.Id, Field = repair.Field.ToString(), repair.Before, repair.After, repair.Rule }));
}
