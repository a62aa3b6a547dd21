using Microsoft.EntityFrameworkCore;
using SessionGuard.Accounts;
using SessionGuard.People;
using SessionGuard.Sessions;
using SessionGuard.Storage;

namespace SessionGuard.Seeding;

/// <summary>What the school has already that a file may refer to.</summary>
/// <param name="Staff">Normalised addresses.</param>
/// <param name="People">References of children and adult students.</param>
/// <param name="Series">References of classes.</param>
internal sealed record SeedKnown(IReadOnlyList<string> Staff, IReadOnlyList<string> People, IReadOnlyList<string> Series)
{
    public static async Task<SeedKnown> OfAsync(SessionGuardDb db, Guid organisationId, CancellationToken cancellation) => new(
        (await db.Users.Where(a => a.OrganisationId == organisationId && a.ClosedAt == null).Select(a => a.Email!).ToListAsync(cancellation))
            .ConvertAll(StaffAccounts.Normalize),
        await db.Set<Person>().Where(p => p.OrganisationId == organisationId && p.Reference != null && p.Kind != PersonKind.Carer && p.LeftAt == null)
            .Select(p => p.Reference!).ToListAsync(cancellation),
        await db.Set<ClassSeries>().Where(s => s.OrganisationId == organisationId && s.Reference != null).Select(s => s.Reference!).ToListAsync(cancellation));
}
