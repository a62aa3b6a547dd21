using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Reminders;

internal enum RemindResult
{
    /// <summary>At least one adult is being asked.</summary>
    Asked,

    /// <summary>There is no such session, or the child does not come to it.</summary>
    NotThere,

    /// <summary>The session has begun, is over or cancelled.</summary>
    TooLate,

    /// <summary>An adult has answered.</summary>
    Answered,

    /// <summary>No adult may be contacted, has a usable address and takes reminders: somebody should ring.</summary>
    NobodyToWriteTo,

    /// <summary>Everybody was reminded by hand within the last hour.</summary>
    TooSoon,
}

/// <summary>A member of staff presses "remind" beside a child.</summary>
internal sealed class RemindFamily(SessionGuardDb db, Rosters rosters, AnswerRegister answers, JobWaker waker, TimeProvider clock)
{
    /// <summary>A carer is reminded by hand at most once within this time, whoever presses and for whichever class.</summary>
    public static readonly TimeSpan AtMostEvery = TimeSpan.FromHours(1);

    public async Task<RemindResult> HandleAsync(Guid sessionId, Guid childId, Guid accountId, CancellationToken cancellation)
    {
        var now = clock.Now();
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId, cancellation);
        var place = session is null ? null : (await rosters.GetPlacesAsync([session.SeriesId], cancellation))[session.SeriesId].FirstOrDefault(p => p.Child.Id == childId);
        if (session is null || place is null)
        {
            return RemindResult.NotThere;
        }

        if (session.Status is not SessionStatus.Scheduled || session.Start <= now)
        {
            return RemindResult.TooLate;
        }

        if (StandingAnswer.FindStanding((await answers.GetAnswersAsync(session.Id, cancellation))[childId], session.TimeVersion) is not null)
        {
            return RemindResult.Answered;
        }

        var reachable = place.Adults.Where(a => a.MayBeContacted && a.Carer is { HasUsableEmail: true, RemindersStoppedAt: null }).Select(a => a.Carer.Id).ToList();
        return reachable.Count == 0 ? RemindResult.NobodyToWriteTo : await AskAsync(session, reachable, accountId, now, cancellation);
    }

    private async Task<RemindResult> AskAsync(Session session, List<Guid> carers, Guid accountId, DateTimeOffset now, CancellationToken cancellation)
    {
        var byHand = await db.Set<Ask>().AsNoTracking().Where(a => carers.Contains(a.CarerId) && a.Stage == AskStage.ByHand).ToListAsync(cancellation);
        var due = carers.Where(id => byHand.All(a => a.CarerId != id || a.DueAt <= now - AtMostEvery)).ToList();
        foreach (var carer in due)
        {
            var number = 1 + byHand.Count(a => a.CarerId == carer && a.SessionId == session.Id && a.TimeVersion == session.TimeVersion);
            db.Add(new Ask
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = session.OrganisationId,
                SessionId = session.Id,
                TimeVersion = session.TimeVersion,
                CarerId = carer,
                Stage = AskStage.ByHand,
                Number = number,
                DueAt = now,
                State = AskState.Waiting,
            });
            db.Record(new LedgerNote(
                session.OrganisationId, now, LedgerName.Account(accountId), ReminderActions.ByHand, LedgerName.Session(session.Id),
                new { carer, number, session.TimeVersion }));
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (DatabaseFault.IsConflict(failure))
        {
            // A colleague pressed in the same moment, and the index let one of the two through.
            return RemindResult.TooSoon;
        }

        waker.Wake<SendRemindersJob>();
        return due.Count > 0 ? RemindResult.Asked : RemindResult.TooSoon;
    }
}
