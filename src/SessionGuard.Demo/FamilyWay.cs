using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.People;

namespace SessionGuard.Demo;

/// <summary>A carer's own addresses for the newest class, as they stand in their mails.</summary>
internal sealed record FamilyWay(string Name, Uri Confirm, Uri Join)
{
    /// <summary>Of everybody who has been asked about the class.</summary>
    public static async Task<IReadOnlyList<FamilyWay>> FindWaysAsync(
        SessionGuardDb db, FamilyLinks links, Guid seriesId, CancellationToken cancellation)
    {
        var ofClass = await (
            from link in db.Set<FamilyLink>().AsNoTracking()
            join carer in db.Set<Person>().AsNoTracking() on link.CarerId equals carer.Id
            where link.CancelledAt == null
                && (link.SeriesId == seriesId || db.Set<Session>().Any(s => s.Id == link.SessionId && s.SeriesId == seriesId))
            select new { carer.Name, Link = link }).ToListAsync(cancellation);
        return
        [
            .. from confirm in ofClass
               join way in ofClass on confirm.Link.CarerId equals way.Link.CarerId
               where confirm.Link.Purpose is LinkPurpose.Confirm && way.Link.Purpose is LinkPurpose.Join
               orderby confirm.Name
               select new FamilyWay(confirm.Name, links.GetAddress(confirm.Link), links.GetAddress(way.Link)),
        ];
    }
}
