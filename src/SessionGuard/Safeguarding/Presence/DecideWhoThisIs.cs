using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Presence;

internal enum DecisionOutcome
{
    Decided,

    /// <summary>There is no such session for this viewer, or nobody like that was in it.</summary>
    NotThere,

    /// <summary>The class has no such seat.</summary>
    NoSuchSeat,
}

/// <summary>
/// A teacher says who somebody on screen is. It is remembered for the class, and every session of the last days is judged by it.
/// </summary>
internal sealed class DecideWhoThisIs(SessionGuardDb db, Attendance attendance, Viewer viewer, TimeProvider clock)
{
    /// <summary>Results of sessions further back do not change any more.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(1);

    /// <param name="screenKey">The key of an <see cref="IdentifiedStay"/> of the session.</param>
    /// <param name="seatId">The seat it is; null: none of ours, let in knowingly as <paramref name="kind"/>.</param>
    public async Task<DecisionOutcome> HandleAsync(Guid sessionId, string screenKey, Guid? seatId, SeatKind kind, CancellationToken cancellation)
    {
        var session = await db.SeenBy(viewer).AsNoTracking().FirstOrDefaultAsync(s => s.Id == sessionId, cancellation);
        if (session is null || viewer.Role is Role.Admin || !await WasThereAsync(sessionId, screenKey, cancellation))
        {
            return DecisionOutcome.NotThere;
        }

        var seat = await db.Set<Seat>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == seatId && s.SeriesId == session.SeriesId, cancellation);
        if (seatId is not null && seat is not { IsTaken: true })
        {
            return DecisionOutcome.NoSuchSeat;
        }

        await RememberAsync(session, screenKey, seatId, seat?.Kind ?? kind, cancellation);
        return DecisionOutcome.Decided;
    }

    private async Task<bool> WasThereAsync(Guid sessionId, string screenKey, CancellationToken cancellation) =>
        (await attendance.GetAttendanceAsync([sessionId], cancellation))[sessionId].Stays.Any(s => s.ScreenKey == screenKey);

    private Task<int> RememberAsync(Session session, string screenKey, Guid? seatId, SeatKind kind, CancellationToken cancellation)
    {
        var now = clock.Now();
        var match = new RememberedMatch
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = session.OrganisationId,
            SeriesId = session.SeriesId,
            ScreenKey = screenKey,
            SeatId = seatId,
            Kind = kind,
            DecidedBy = viewer.AccountId,
            DecidedAt = now,
        };
        return db.InTransactionAsync(async () =>
        {
            db.Add(match);
            db.Record(new LedgerNote(
                session.OrganisationId, now, Actor.FromViewer(viewer).Name, PresenceActions.MatchDecided, LedgerName.Session(session.Id),
                new { match.Id, session.SeriesId, seatId, Kind = kind.ToString() }));
            await db.SaveChangesAsync(cancellation);
            var since = now - Reach;
            var touched = await db.Set<Session>()
                .Where(s => s.Id == session.Id || (s.SeriesId == session.SeriesId && s.End >= since && s.Start <= now)).Select(s => s.Id).ToListAsync(cancellation);
            return await db.JudgeSoonAsync(touched, now, cancellation);
        }, cancellation);
    }
}
