using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Seeding;

/// <summary>What the school has already that a file may refer to.</summary>
/// <param name="Staff">Normalised addresses.</param>
/// <param name="People">References of children and adult students.</param>
/// <param name="Series">References of classes.</param>
internal sealed record SeedKnown(IReadOnlyList<string> Staff, IReadOnlyList<string> People, IReadOnlyList<string> Series)
{
    public static async Task<SeedKnown> ReadKnownAsync(SessionGuardDb db, Guid organisationId, CancellationToken cancellation) => new(
        (await db.Set<Account>().Where(a => a.OrganisationId == organisationId && a.ClosedAt == null).Select(a => a.Email!).ToListAsync(cancellation))
            .ConvertAll(StaffAccounts.Normalize),
        await db.Set<Person>().Where(p => p.OrganisationId == organisationId && p.Reference != null && p.Kind != PersonKind.Carer && p.LeftAt == null)
            .Select(p => p.Reference!).ToListAsync(cancellation),
        await db.Set<ClassSeries>().Where(s => s.OrganisationId == organisationId && s.Reference != null).Select(s => s.Reference!).ToListAsync(cancellation));
}
