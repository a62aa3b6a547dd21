using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Loads who teaches which sessions: the host in Zoom first, then those the class is named for.</summary>
internal sealed class ClassStaffReader(SessionGuardDb db)
{
    /// <summary>A fixed number of queries.</summary>
    public async Task<IReadOnlyDictionary<Guid, ClassStaff>> ReadStaffAsync(IReadOnlyCollection<Session> sessions, CancellationToken cancellation)
    {
        var meetings = sessions.Select(s => s.MeetingId).Distinct().ToList();
        var series = sessions.Select(s => s.SeriesId).Distinct().ToList();
        var hosts = await (
            from meeting in db.Set<Meeting>().AsNoTracking()
            join host in db.Set<ZoomHost>() on new { meeting.OrganisationId, ZoomId = meeting.HostZoomId } equals new { host.OrganisationId, host.ZoomId }
            where meetings.Contains(meeting.Id)
            select new { MeetingId = meeting.Id, host.Email, host.AccountId }).ToListAsync(cancellation);
        var named = await db.Set<SeriesTeacher>().AsNoTracking().Where(t => series.Contains(t.SeriesId)).ToListAsync(cancellation);
        var accountIds = hosts.Select(h => h.AccountId).OfType<Guid>().Concat(named.Select(t => t.AccountId)).Distinct().ToList();
        var addresses = accountIds.Count == 0 ? [] : await db.Set<Account>().AsNoTracking()
            .Where(a => accountIds.Contains(a.Id) && a.ClosedAt == null).ToDictionaryAsync(a => a.Id, a => a.Email!, cancellation);
        return sessions.ToDictionary(s => s.Id, session =>
        {
            var host = hosts.Find(h => h.MeetingId == session.MeetingId);
            var accounts = named.Where(t => t.SeriesId == session.SeriesId).OrderByDescending(t => t.IsMain).Select(t => t.AccountId);
            var emails = accounts.Prepend(host?.AccountId ?? Guid.Empty).Select(id => addresses.GetValueOrDefault(id))
                .Append(host?.Email).OfType<string>().DistinctBy(StaffAccounts.Normalize).ToList();
            return new ClassStaff(emails, emails.Select(StaffAccounts.Normalize).ToHashSet());
        });
    }
}
