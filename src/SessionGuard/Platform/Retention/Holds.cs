using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Retention;

/// <summary>One thing whose rows shall stay.</summary>
/// <param name="Name">As the ledger names it.</param>
/// <param name="From">Deliveries that came from here to <paramref name="Until"/> stay too.</param>
internal sealed record HeldSubject(Guid School, Guid Id, string Name, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Places and lifts holds. The ledger has the fact; the reason stands with the hold.</summary>
internal sealed class Holds(SessionGuardDb db, TimeProvider clock)
{
    public Task HoldAsync(HeldSubject subject, string reason, CancellationToken cancellation)
    {
        var now = clock.Now();
        return AddAsync(
            new RetentionHold
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = subject.School,
                SubjectId = subject.Id,
                Reason = reason,
                DeliveriesFrom = subject.From,
                DeliveriesUntil = subject.Until,
                PlacedAt = now,
            },
            subject.Name,
            cancellation);
    }

    public Task HoldSchoolAsync(Guid school, string reason, CancellationToken cancellation)
    {
        var now = clock.Now();
        return AddAsync(
            new RetentionHold { Id = Guid.CreateVersion7(now), OrganisationId = school, Reason = reason, PlacedAt = now },
            LedgerName.Organisation(school),
            cancellation);
    }

    /// <param name="name">As the ledger names it.</param>
    /// <returns>False: it was not held.</returns>
    public Task<bool> LiftAsync(Guid subjectId, string name, CancellationToken cancellation) =>
        LiftAsync(h => h.SubjectId == subjectId, name, cancellation);

    /// <summary>Ends the holds of the whole school. What is held by itself stays so.</summary>
    /// <returns>False: it was not held.</returns>
    public Task<bool> LiftSchoolAsync(Guid school, CancellationToken cancellation) =>
        LiftAsync(h => h.SubjectId == null && h.OrganisationId == school, LedgerName.Organisation(school), cancellation);

    private async Task<bool> LiftAsync(Expression<Func<RetentionHold, bool>> which, string name, CancellationToken cancellation)
    {
        var standing = await db.Set<RetentionHold>().Where(h => h.LiftedAt == null).Where(which).ToListAsync(cancellation);
        var now = clock.Now();
        foreach (var hold in standing)
        {
            hold.LiftedAt = now;
            Note(hold, now, RetentionActions.Lifted, name);
        }

        await db.SaveChangesAsync(cancellation);
        return standing.Count > 0;
    }

    private Task<int> AddAsync(RetentionHold hold, string name, CancellationToken cancellation)
    {
        db.Add(hold);
        Note(hold, hold.PlacedAt, RetentionActions.Held, name);
        return db.SaveChangesAsync(cancellation);
    }

    private void Note(RetentionHold hold, DateTimeOffset now, LedgerAction action, string name) =>
        db.Record(new LedgerNote(hold.OrganisationId, now, LedgerName.Operator, action, name, new { hold.Id }));
}
