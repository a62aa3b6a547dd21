using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Zoom.Client;

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

    /// <summary>Gives every coming session within reach a result for each rule about settings.</summary>
    /// <param name="settings">Null: Zoom did not answer.</param>
    public async Task JudgeAsync(Check check, MeetingSettings? settings, DateTimeOffset now, CancellationToken cancellation)
    {
        var ahead = check.File.Ahead(now).Where(s => s.Start - now <= CheckCalendar.Ahead).ToList();
        var ids = ahead.ConvertAll(s => s.Id);
        var known = await db.Set<RuleRecord>().TagWith(PreparedStatements.Often).Where(r => ids.Contains(r.SessionId)).ToListAsync(cancellation);
        foreach (var rule in RuleList.OfSettings)
        {
            var said = rule.Judge(settings);
            ahead.ForEach(session => Write(session, known, rule, said, now));
        }
    }

    /// <summary>Writes a repair down before Zoom is asked for it.</summary>
    public Repair Ask(Check check, PlannedRepair planned, MeetingSettings settings, DateTimeOffset now)
    {
        var repair = new Repair
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = check.School.Id,
            MeetingId = check.Meeting.Id,
            Field = planned.Mending.Field,
            Before = planned.Mending.Before(settings),
            After = planned.Mending.After,
            Rule = planned.Rule.Id,
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
        repair.Outcome = outcome;
        repair.JudgedAt = now;
        Note(repair, now);
    }

    private void Write(Session session, List<RuleRecord> known, SettingsRule rule, Judgement said, DateTimeOffset now)
    {
        if (db.WriteResult(session, known, rule, said, now) is not { } written)
        {
            return;
        }

        // Each answer of Zoom's counts as a look, also where it says the same as the last.
        written.Record.JudgedAt = now;
        if (written.HasTurned)
        {
            db.JudgeSoon(session, now);
        }
    }

    private void Note(Repair repair, DateTimeOffset now) => db.Record(new LedgerNote(
        repair.OrganisationId, now, LedgerName.Service, CheckActions.Repaired(repair.Outcome), LedgerName.Meeting(repair.MeetingId),
        new { repair.Id, Field = repair.Field.ToString(), repair.Before, repair.After, repair.Rule }));
}
