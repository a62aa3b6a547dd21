using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>
/// Fetches Zoom's reports of one session's runs and fills in what was never told: a lost joining or leaving, a start or an end. What both
/// tell differently is left as it was told, and noted. Where nothing at all was told, the runs themselves are asked for first.
/// </summary>
internal sealed partial class BackfillSession(
    IServiceScopeFactory scopes, MeetingFiles files, LostRuns lostRuns, ZoomClient zoom, OrganisationDirectory schools, TimeProvider clock,
    ILogger<BackfillSession> logger)
{
    private const int Attempts = 5;

    /// <param name="claimed">Where that claim stands no more, nothing is kept: another pass has the session.</param>
    public async Task RunAsync(Session claimed, CancellationToken cancellation)
    {
        var known = await RunsAsync(claimed.Id, cancellation);
        var asked = new Asked(known.Count == 0 ? await FindLostAsync(claimed.Id, cancellation) : new LostRunsAnswer([], null), []);
        foreach (var uuid in known.Concat(asked.Lost.Found.Select(r => r.Uuid)))
        {
            asked.Answers[uuid] = await AskAsync(schools.ById(claimed.OrganisationId)!, uuid, cancellation);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateServiceScope();
                await TakeInAsync(scope.ServiceProvider.GetRequiredService<SessionGuardDb>(), claimed, asked, cancellation);
                return;
            }
            catch (LeaseLostException)
            {
                return;
            }
            catch (Exception conflict) when (DatabaseFault.IsConflict(conflict) && attempt < Attempts)
            {
                // Zoom told something of the same run meanwhile. The report stays as good; what is known is read afresh.
            }
        }
    }

    private async Task<List<string>> RunsAsync(Guid sessionId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        return await db.Set<MeetingInstance>().Where(i => i.SessionId == sessionId).Select(i => i.Uuid).ToListAsync(cancellation);
    }

    private async Task<LostRunsAnswer> FindLostAsync(Guid sessionId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        return await lostRuns.AskAsync(scope.ServiceProvider.GetRequiredService<SessionGuardDb>(), sessionId, cancellation);
    }

    /// <summary>The report knows seats and breakout rooms; where it may not be read, the plain list is better than nothing.</summary>
    private async Task<ZoomAnswer<IReadOnlyList<ZoomParticipant>>> AskAsync(KnownOrganisation school, string uuid, CancellationToken cancellation)
    {
        var report = await zoom.ReportParticipantsAsync(school, uuid, cancellation);
        return report.Failure is ZoomFailure.Refused or ZoomFailure.NotFound ? await zoom.GetPastParticipantsAsync(school, uuid, cancellation) : report;
    }

    private async Task TakeInAsync(SessionGuardDb db, Session claimed, Asked asked, CancellationToken cancellation)
    {
        var now = clock.Now();
        var session = await Session.ToFillIn.Held(db, claimed).AsNoTracking().SingleOrDefaultAsync(cancellation) ?? throw new LeaseLostException();
        var file = asked.Lost.Found.Count == 0 ? null : await TakeInLostAsync(db, session, asked.Lost.Found, now, cancellation);
        await db.Set<MeetingInstance>().Where(i => i.SessionId == session.Id).LoadAsync(cancellation);
        var runs = db.Set<MeetingInstance>().Local.Where(i => i.SessionId == session.Id && asked.Answers.ContainsKey(i.Uuid)).ToList();
        var uuids = runs.ConvertAll(r => r.Uuid);
        var told = (await db.Set<ParticipantEvent>().AsNoTracking()
            .Where(e => e.OrganisationId == session.OrganisationId && uuids.Contains(e.InstanceUuid)).ToListAsync(cancellation)).ToLookup(e => e.InstanceUuid);
        var again = asked.Lost.RetryAt;
        foreach (var run in runs)
        {
            var answer = asked.Answers[run.Uuid];
            if (answer.Value is { Count: > 0 } report)
            {
                Compare(db, session, run, [.. told[run.Uuid]], report, now);
            }
            else
            {
                again = DoWithout(session, run, answer.Fault, now) is { } later && (again is not { } sooner || later < sooner) ? later : again;
            }
        }

        await FillTimesAsync(db, session, file, [.. runs.Where(r => asked.Answers[r.Uuid].Value is { Count: > 0 })], asked, now, cancellation);
        await SaveAsync(db, session, again ?? Next(session, runs, now), now, cancellation);
    }

    /// <summary>What Zoom still knows of begins the run; its report tells the rest.</summary>
    private async Task<MeetingFile> TakeInLostAsync(
        SessionGuardDb db, Session session, IReadOnlyList<ZoomPastInstance> found, DateTimeOffset now, CancellationToken cancellation)
    {
        var file = await OpenAsync(db, session, session.Start - SessionPlan.Early, now, cancellation);
        foreach (var run in found)
        {
            file.Ran(run.Uuid, run.Start ?? session.Start, run.Start, null);
        }

        file.Settle(now);
        db.Record(new LedgerNote(
            session.OrganisationId, now, LedgerName.Zoom, PresenceActions.RunsFound, LedgerName.Session(session.Id), new { instances = found.Select(r => r.Uuid).ToList() }));
        return file;
    }

    private static void Compare(
        SessionGuardDb db, Session session, MeetingInstance run, List<ParticipantEvent> told, IReadOnlyList<ZoomParticipant> report, DateTimeOffset now)
    {
        var comparison = ReportComparison.Compare(run.OrganisationId, run.Uuid, told, report, now);
        db.AddRange(comparison.Missing);
        run.Report = GetState(comparison, told);
        run.ReportFailures = 0;
        db.Record(new LedgerNote(
            run.OrganisationId, now, LedgerName.Zoom, PresenceActions.ReportCompared, LedgerName.Session(session.Id),
            new { instance = run.Uuid, rows = report.Count, filledIn = comparison.Missing.Count, comparison.Disagrees }));
    }

    private static ReportState GetState(ReportComparison comparison, List<ParticipantEvent> told) =>
        told.TrueForAll(e => e.Source is EventSource.Reported) ? ReportState.OnlyWord
        : comparison.Disagrees ? ReportState.Disagrees
        : ReportState.Agrees;

    /// <returns>When to try again before the usual time; null: not before.</returns>
    private DateTimeOffset? DoWithout(Session session, MeetingInstance run, ZoomFault? fault, DateTimeOffset now)
    {
        if (fault is { IsPassing: true })
        {
            run.ReportFailures = fault.FailuresAfter(run.ReportFailures);
            if (run.ReportFailures < BackfillCalendar.MostFailures)
            {
                LogNoReport(session.Id, fault.Failure, run.ReportFailures);
                return BackfillCalendar.AfterFailures(run.ReportFailures, fault.RetryAt, now);
            }
        }

        var state = fault?.Failure switch
        {
            ZoomFailure.Unavailable or ZoomFailure.RateLimited or ZoomFailure.BudgetSpent or ZoomFailure.Held => ReportState.Failed,
            ZoomFailure.Refused or ZoomFailure.NotConnected or ZoomFailure.Invalid => ReportState.NotAvailable,
            // Not worked out yet, or a run of one person, of which Zoom makes none.
            ZoomFailure.NotFound or null => BackfillCalendar.IsLast(run.EndedAt ?? session.End, now) ? ReportState.NotAvailable : ReportState.NotYet,
        };
        run.Report = run.Report is ReportState.NotYet ? state : run.Report;
        return null;
    }

    /// <summary>A start or an end that was never told, from the first who came and the last who went.</summary>
    private async Task FillTimesAsync(
        SessionGuardDb db, Session session, MeetingFile? opened, List<MeetingInstance> runs, Asked asked, DateTimeOffset now, CancellationToken cancellation)
    {
        if (runs.TrueForAll(r => r is { StartedAt: not null, EndedAt: not null }))
        {
            return;
        }

        var file = opened ?? await OpenAsync(db, session, runs.Min(r => r.FirstHeardAt), now, cancellation);
        foreach (var run in runs)
        {
            var report = asked.Answers[run.Uuid].Value!;
            var (first, last) = (report.Min(r => r.Join), report.All(r => r.Leave is not null) ? report.Max(r => r.Leave) : null);
            file.Ran(run.Uuid, first ?? run.FirstHeardAt, run.StartedAt ?? first, run.EndedAt ?? last);
        }

        file.Settle(now);
    }

    private async Task<MeetingFile> OpenAsync(SessionGuardDb db, Session session, DateTimeOffset from, DateTimeOffset now, CancellationToken cancellation)
    {
        var zoomMeetingId = await db.Set<Meeting>().Where(m => m.Id == session.MeetingId).Select(m => m.ZoomMeetingId).SingleAsync(cancellation);
        return (await files.OpenAsync(db, session.OrganisationId, [zoomMeetingId], from, cancellation)).GetFile(zoomMeetingId, now);
    }

    private static DateTimeOffset? Next(Session session, List<MeetingInstance> runs, DateTimeOffset now) =>
        runs.Count > 0 && runs.TrueForAll(r => r.Report is ReportState.NotAvailable or ReportState.Failed)
            ? null
            : BackfillCalendar.Next(runs.Max(r => r.EndedAt) ?? session.End, now);

    private static Task<int> SaveAsync(SessionGuardDb db, Session session, DateTimeOffset? next, DateTimeOffset now, CancellationToken cancellation) =>
        db.InTransactionAsync(async () =>
        {
            await db.SaveChangesAsync(cancellation);
            await Session.ToFillIn.KeepAsync(db, [session], next, cancellation);
            return await db.JudgeSoonAsync([session.Id], now, cancellation);
        }, cancellation);

    /// <param name="Answers">By the run's uuid.</param>
    private sealed record Asked(LostRunsAnswer Lost, Dictionary<string, ZoomAnswer<IReadOnlyList<ZoomParticipant>>> Answers);

    [LoggerMessage(EventId = 1601, Level = LogLevel.Warning, Message = "Zoom gave no report of session {SessionId}: {Failure}, {Failures} times in a row.")]
    private partial void LogNoReport(Guid sessionId, ZoomFailure failure, int failures);
}
