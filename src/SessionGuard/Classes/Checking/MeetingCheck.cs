using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Checking;

/// <summary>
/// One look at one meeting: fetch it, judge it, repair what differs, fetch it again and judge that. The second answer counts: Zoom
/// changes what it is asked for instead of refusing it.
/// </summary>
internal sealed partial class MeetingCheck(
    SessionGuardDb db, MeetingFiles files, CheckRecords records, RepairNotes notes, ZoomClient zoom, OrganisationDirectory schools,
    PasscodeMarks marks, TimeProvider clock, ILogger<MeetingCheck> logger)
{
    /// <param name="claimed">Where that claim stands no more, nothing is done: another pass has the meeting.</param>
    public async Task RunAsync(Meeting claimed, CancellationToken cancellation)
    {
        if (await Meeting.ToCheck.Held(db, claimed).TagWith(PreparedStatements.Often).SingleOrDefaultAsync(cancellation) is not { } meeting)
        {
            return;
        }

        var school = schools.ById(meeting.OrganisationId)!;
        var now = clock.Now();
        var open = await files.OpenAsync(db, school.Id, [meeting.ZoomMeetingId], now, cancellation);
        var check = await records.OpenAsync(new Check(school, open.GetFile(meeting.ZoomMeetingId, now), []), cancellation);

        var answer = await zoom.GetMeetingAsync(school, meeting.ZoomMeetingId, cancellation);
        if (answer.Value is { } found)
        {
            var wasFailing = meeting.FailedChecks > 0;
            await TakeInAsync(check, found, cancellation);
            if (wasFailing)
            {
                await LookAtOthersSoonAsync(school.Id, now, cancellation);
            }

            await RepairAsync(check, ZoomReading.GetSettings(found), cancellation);
        }
        else
        {
            await DoWithoutAsync(check, answer.Fault!, cancellation);
        }
    }

    /// <summary>Works an answer into the records, up to the rules' results. The caller saves.</summary>
    private async Task TakeInAsync(Check check, ZoomMeeting found, CancellationToken cancellation)
    {
        var now = clock.Now();
        var settings = ZoomReading.GetSettings(found);
        check.File.Schedule(ZoomReading.GetSchedule(found), ScheduleSource.Fetched, now);
        check.File.There(now);
        check.File.Settle(now);
        check.Meeting.PasscodeMark = marks.ComputeMark(found.Id, found.Passcode);
        check.Meeting.SeatsDueAt = now;
        await new Hosts(db).MeetAsync(check.School.Id, [new HostFacts(found.HostId, found.HostEmail)], now, cancellation);
        records.Keep(check, settings, now);
        await JudgeRepairsAsync(check, settings, now, cancellation);
        await records.JudgeAsync(check, settings, now, cancellation);
        check.Meeting.CheckedAt = now;
        check.Meeting.FailedChecks = 0;
        check.Meeting.CheckDueAt = CheckCalendar.Next(check.Meeting.NextStart, now);
    }

    /// <summary>Zoom answers again: meetings that it failed on for long need not wait for the end of their own pauses.</summary>
    private Task<int> LookAtOthersSoonAsync(Guid schoolId, DateTimeOffset now, CancellationToken cancellation)
    {
        var soon = now + CheckCalendar.OnceAnswered;
        return db.Set<Meeting>().Where(m => m.OrganisationId == schoolId && m.FailedChecks >= CheckCalendar.ManyFailures && m.CheckDueAt > soon)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.CheckDueAt, soon), cancellation);
    }

    private async Task JudgeRepairsAsync(Check check, MeetingSettings settings, DateTimeOffset now, CancellationToken cancellation)
    {
        var judged = RepairJudge.Judge(check.Repairs, settings);
        foreach (var (repair, outcome) in judged)
        {
            records.Turn(repair, outcome, now);
        }

        await notes.RepairedAsync(check, [.. judged.Where(j => j.Outcome is RepairOutcome.Held).Select(j => j.Repair)], cancellation);
    }

    private async Task RepairAsync(Check check, MeetingSettings settings, CancellationToken cancellation)
    {
        var now = clock.Now();
        var plan = check.File.Ahead(now).Any() ? RepairPlan.For(settings, check.Repairs, now) : [];
        await notes.LeftUndoneAsync(check, plan, settings, cancellation);
        var planned = plan.Where(p => p.Decision is RepairDecision.Repair).ToList();
        var asked = planned.ConvertAll(p => records.Ask(check, p, settings, now));
        if (asked.Count == 0)
        {
            check.Meeting.LeasedUntil = null;
            await db.SaveChangesAsync(cancellation);
            return;
        }

        // What will be asked is written down first, and the meeting stays due: whoever comes after a crash finds it at once and judges it.
        var next = check.Meeting.CheckDueAt;
        check.Meeting.CheckDueAt = now;
        await db.SaveChangesAsync(cancellation);
        if (check.Meeting.LeasedUntil <= clock.Now())
        {
            return; // slept past its lease: Zoom does not know whose turn it is
        }

        check.Meeting.CheckDueAt = next;
        var use = check.Meeting.NextStart - now <= CheckCalendar.Urgent ? BudgetUse.Urgent : BudgetUse.Routine;
        var patch = RepairPatch.Between(settings, planned.Aggregate(settings, (wanted, p) => p.Mending.PutRight(wanted)));
        var answer = await zoom.PatchMeetingAsync(
            check.School, check.Meeting.HostZoomId, check.Meeting.ZoomMeetingId, patch, use, cancellation);
        await ReadBackAsync(check, asked, answer.Fault, cancellation);
        check.Meeting.LeasedUntil = null;
        await db.SaveChangesAsync(cancellation);
    }

    private async Task ReadBackAsync(Check check, List<Repair> asked, ZoomFault? refused, CancellationToken cancellation)
    {
        var now = clock.Now();
        if (refused is { Failure: ZoomFailure.BudgetSpent or ZoomFailure.RateLimited })
        {
            asked.ForEach(r => records.Turn(r, RepairOutcome.Postponed, now));
            if (refused.Failure is ZoomFailure.RateLimited)
            {
                // A pause of seconds must not leave a meeting open until its next regular look.
                check.File.CheckSoon(CheckCalendar.AfterFailures(1, refused.RetryAt, now));
            }

            return;
        }

        var answer = await zoom.GetMeetingAsync(check.School, check.Meeting.ZoomMeetingId, cancellation);
        if (answer.Value is { } found)
        {
            await TakeInAsync(check, found, cancellation);
        }
        else
        {
            // Not read back is not known: the repair stays asked, and the rules' last word stays "missing".
            check.File.CheckSoon(CheckCalendar.AfterFailures(1, answer.Fault!.RetryAt, now));
        }
    }

    /// <summary>Zoom gave no meeting: it is gone, or it cannot be said what state it is in.</summary>
    private async Task DoWithoutAsync(Check check, ZoomFault fault, CancellationToken cancellation)
    {
        var now = clock.Now();
        check.Meeting.LeasedUntil = null;
        if (fault.Failure is ZoomFailure.NotFound)
        {
            check.File.Gone(now);
            check.File.Settle(now);
            check.Meeting.CheckDueAt = null;
        }
        else
        {
            check.Meeting.FailedChecks = fault.FailuresAfter(check.Meeting.FailedChecks);
            LogNoAnswer(check.Meeting.Id, fault.Failure, check.Meeting.FailedChecks);
            check.Meeting.CheckDueAt = CheckCalendar.AfterFailures(check.Meeting.FailedChecks, fault.RetryAt, now);
            await records.JudgeAsync(check, settings: null, now, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(EventId = 501, Level = LogLevel.Warning, Message = "Meeting {MeetingId} could not be checked: {Failure}, {Failures} times in a row.")]
    private partial void LogNoAnswer(Guid meetingId, ZoomFailure failure, int failures);
}
