using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>Brings a session's asks in line with who is in the class and when it takes place. Done again, it changes nothing.</summary>
internal sealed class AskPlanner(SessionGuardDb db, Rosters rosters, AnswerRegister answers, TimeProvider clock)
{
    /// <summary>Longer than planning one session takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <param name="dueAt">The due time that was seen: if another pass has taken the session since, nothing is done.</param>
    public async Task PlanAsync(Guid sessionId, DateTimeOffset dueAt, CancellationToken cancellation)
    {
        var held = clock.Now() + Lease;
        var session = await db.InTransactionAsync(
            async () => await DueAgainAsync(sessionId, dueAt, held, cancellation)
                ? await db.Set<Session>().AsNoTracking().SingleAsync(s => s.Id == sessionId, cancellation)
                : null,
            cancellation);
        if (session is null)
        {
            return;
        }

        var now = clock.Now();
        var (wanted, next) = session.Status is SessionStatus.Scheduled
            ? (AskPlan.PlanAsks(session.Start, now, await AdultsAsync(session, cancellation)), AskPlan.NextLook(session.Start, now))
            : ([], null);
        await db.InTransactionAsync(
            async () =>
            {
                // Where new evidence has set it anew since then, or another pass has taken it, this plan is out of date already.
                if (await DueAgainAsync(sessionId, held, next, cancellation))
                {
                    await BringInLineAsync(session, wanted, now, cancellation);
                    await db.SaveChangesAsync(cancellation);
                }

                return 0;
            },
            cancellation);
    }

    private async Task<bool> DueAgainAsync(Guid sessionId, DateTimeOffset before, DateTimeOffset? next, CancellationToken cancellation) =>
        await db.Set<Session>().Where(s => s.Id == sessionId && s.AsksDueAt == before)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.AsksDueAt, next), cancellation) == 1;

    private async Task<IReadOnlyCollection<AskableAdult>> AdultsAsync(Session session, CancellationToken cancellation) =>
        [.. await CarersAsync(session, cancellation), .. await StudentsAsync(session, cancellation)];

    private async Task<IEnumerable<AskableAdult>> CarersAsync(Session session, CancellationToken cancellation)
    {
        var mode = await db.Set<ClassSeries>().Where(s => s.Id == session.SeriesId).Select(s => s.PresenceMode).SingleAsync(cancellation);
        if (mode is PresenceMode.AgreedAlone)
        {
            return [];
        }

        var places = (await rosters.GetPlacesAsync([session.SeriesId], cancellation))[session.SeriesId].ToList();
        var before = (await answers.GetAnswersAsync(session.Id, cancellation)).SelectMany(a => a)
            .Where(a => a.TimeVersion < session.TimeVersion && a.UndoneAt is null && a.Source is not AnswerSource.UnsurePress)
            .Select(a => a.CarerId).ToHashSet();
        var first = places.Select(GetFirst).OfType<Guid>().ToHashSet();
        return places.SelectMany(p => p.Adults).Where(a => a.MayBeContacted).Select(a => a.Carer.Id).Distinct()
            .Select(id => new AskableAdult(id, first.Contains(id), before.Contains(id)));
    }

    private async Task<IEnumerable<AskableAdult>> StudentsAsync(Session session, CancellationToken cancellation)
    {
        var students = await rosters.StudentsOfAsync(session.SeriesId, cancellation);
        var told = students.Count == 0 ? [] : await db.Set<Ask>()
            .Where(a => a.SessionId == session.Id && a.TimeVersion < session.TimeVersion && a.State == AskState.Sent && students.Contains(a.CarerId))
            .Select(a => a.CarerId).ToListAsync(cancellation);
        return students.ConvertAll(id => new AskableAdult(id, IsFirst: false, told.Contains(id), IsStudent: true));
    }

    /// <summary>Whom the school asks first for a child: of those whom mail reaches, where there is one.</summary>
    private static Guid? GetFirst(Place place)
    {
        var may = place.Adults.Where(a => a.MayBeContacted).ToList();
        return (may.Find(a => a.Carer.HasUsableEmail) ?? may.FirstOrDefault())?.Carer.Id;
    }

    private async Task BringInLineAsync(Session session, IReadOnlyList<PlannedAsk> wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = await db.Set<Ask>().AsNoTracking().Where(a => a.SessionId == session.Id).ToListAsync(cancellation);
        var current = known.Where(a => a.TimeVersion == session.TimeVersion).ToList();
        var stale = known.Where(a => a.State is AskState.Waiting && IsStale(a, session, wanted)).Select(a => a.Id).ToList();
        await db.Set<Ask>().Where(a => stale.Contains(a.Id) && a.State == AskState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AskState.NotNeeded), cancellation);
        foreach (var ask in wanted)
        {
            var there = current.Find(a => a.CarerId == ask.CarerId && a.Stage == ask.Stage);
            if (there is null)
            {
                db.Add(NewAsk(session, ask, now));
            }
            else if (there.State is AskState.Waiting && there.DueAt > now && there.DueAt != ask.DueAt)
            {
                await db.Set<Ask>().Where(a => a.Id == there.Id && a.State == AskState.Waiting)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.DueAt, ask.DueAt), cancellation);
            }
        }
    }

    /// <summary>What was asked by hand stands while the session does.</summary>
    private static bool IsStale(Ask ask, Session session, IReadOnlyList<PlannedAsk> wanted) =>
        ask.TimeVersion != session.TimeVersion || (ask.Stage is AskStage.ByHand
            ? session.Status is not SessionStatus.Scheduled
            : !wanted.Any(w => w.CarerId == ask.CarerId && w.Stage == ask.Stage));

    private static Ask NewAsk(Session session, PlannedAsk ask, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrganisationId = session.OrganisationId,
        SessionId = session.Id,
        TimeVersion = session.TimeVersion,
        CarerId = ask.CarerId,
        Stage = ask.Stage,
        DueAt = ask.DueAt,
        State = AskState.Waiting,
    };
}
