using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Classes.Sessions;

/// <summary>Which sessions are whose.</summary>
internal static class OwnSessions
{
    /// <summary>What an account teaches: the classes it hosts in Zoom, and those that it is named for.</summary>
    public static IQueryable<Session> TaughtBy(this SessionGuardDb db, Guid accountId) => db.Set<Session>().Where(s =>
        db.Set<SeriesTeacher>().Any(t => t.SeriesId == s.SeriesId && t.AccountId == accountId)
        || db.Set<Meeting>().Any(m => m.Id == s.MeetingId
            && db.Set<ZoomHost>().Any(h => h.OrganisationId == m.OrganisationId && h.ZoomId == m.HostZoomId && h.AccountId == accountId)));

    /// <summary>What a viewer may see of: a teacher their own, everybody else the whole school's.</summary>
    public static IQueryable<Session> SeenBy(this SessionGuardDb db, Viewer viewer) =>
        viewer.Role is Role.Teacher ? db.TaughtBy(viewer.AccountId) : db.Set<Session>();
}
