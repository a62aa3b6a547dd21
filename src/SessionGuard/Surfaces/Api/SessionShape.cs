using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

/// <summary>Turns sessions into what the API says about them.</summary>
internal sealed class SessionShape(SessionGuardDb db, Attendance attendance, Viewer viewer, OrganisationDirectory organisations)
{
    public async Task<IReadOnlyList<SessionRecord>> GetRecordsAsync(IReadOnlyList<SessionView> views, CancellationToken cancellation)
    {
        var ids = views.Select(view => view.Session.Id).ToList();
        var there = await attendance.GetAttendanceAsync(ids, cancellation);
        var answers = (await db.Set<Answer>().AsNoTracking().Where(a => ids.Contains(a.SessionId)).ToListAsync(cancellation)).ToLookup(a => a.SessionId);
        var slug = organisations.ById(viewer.OrganisationId)?.Slug ?? "";
        return [.. views.Select(view => SessionRecord.FromView(
            view, slug, Standing(answers[view.Session.Id], view.Session.TimeVersion), there[view.Session.Id].Stays.Select(s => s.Stay)))];
    }

    /// <summary>What each carer last said of each child, for the time that the session is at now.</summary>
    private static IEnumerable<Answer> Standing(IEnumerable<Answer> answers, int timeVersion) => answers
        .GroupBy(a => (a.ChildId, a.CarerId)).Select(own => StandingAnswer.FindStanding(own, timeVersion)).OfType<Answer>().OrderBy(a => a.At).ThenBy(a => a.Id);
}
