using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Planning;

/// <summary>What came of the wish for a class: it, or why Zoom did not play along. Neither: the faults of the input say why.</summary>
internal sealed record Opened(ClassSeries? Series, ZoomFault? Fault)
{
    public static readonly Opened Not = new(null, null);
}

/// <summary>Makes a class known: one that stands in Zoom already gets its name, a new one is planned there first.</summary>
internal sealed class OpenSeries(
    SessionGuardDb db, MeetingFiles files, ZoomPlanner planner, SeriesTeachers teachers, ZoomClient zoom, OrganisationDirectory schools, TimeProvider clock)
{
    private const int Attempts = 5;

    /// <summary>Saves. Whatever fails, nothing is left half-made, here or in Zoom.</summary>
    public async Task<Opened> HandleAsync(Actor actor, SeriesWish wish, ValidationErrors faults, CancellationToken cancellation)
    {
        var school = schools.ById(actor.OrganisationId)!;
        await teachers.CheckAsync(school.Id, wish.TeacherId, wish.CoTeacherIds, faults, cancellation);
        if (wish.Reference is { } reference
            && await db.Set<ClassSeries>().AnyAsync(s => s.OrganisationId == school.Id && s.Reference == reference, cancellation))
        {
            faults.Add("reference", "Another class has this reference.");
        }

        return !faults.None ? Opened.Not
            : wish.Plan is { } plan ? await PlanAsync(actor, school, wish, plan, faults, cancellation)
            : await AdoptAsync(actor, school, wish, faults, cancellation);
    }

    private async Task<Opened> PlanAsync(
        Actor actor, KnownOrganisation school, SeriesWish wish, MeetingPlan plan, ValidationErrors faults, CancellationToken cancellation)
    {
        var teacher = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == wish.TeacherId, cancellation);
        var host = await planner.HostAsync(school, teacher, faults, cancellation);
        if (host?.Value is not { } user)
        {
            return new Opened(null, host?.Fault);
        }

        var made = await planner.MakeAsync(school, user, wish, plan, cancellation);
        if (made.Value is not { } meeting)
        {
            return new Opened(null, made.Fault);
        }

        try
        {
            // Not cancelled with the request: from here on there is a meeting in Zoom.
            return await KeepAsync(actor, school, wish, meeting, SeriesOrigin.Planned, CancellationToken.None);
        }
        catch
        {
            await planner.UnmakeAsync(school, meeting);
            throw;
        }
    }

    private async Task<Opened> AdoptAsync(Actor actor, KnownOrganisation school, SeriesWish wish, ValidationErrors faults, CancellationToken cancellation)
    {
        var answer = await zoom.GetMeetingAsync(school, wish.ZoomMeetingId!.Value, cancellation);
        if (answer.Value is { } meeting)
        {
            var hostAccount = await HostAccountAsync(school, meeting, cancellation);
            if (await ObjectionAsync(school, wish, meeting, hostAccount, cancellation) is var (path, sentence))
            {
                faults.Add(path, sentence);
                return Opened.Not;
            }

            return await KeepAsync(actor, school, wish with { TeacherId = wish.TeacherId ?? hostAccount }, meeting, SeriesOrigin.Adopted, cancellation);
        }

        if (answer.Failure is ZoomFailure.NotFound)
        {
            faults.Add("zoomMeetingId", "The school’s Zoom account has no such meeting.");
            return Opened.Not;
        }

        return new Opened(null, answer.Fault);
    }

    private async Task<Opened> KeepAsync(
        Actor actor, KnownOrganisation school, SeriesWish wish, ZoomMeeting meeting, SeriesOrigin origin, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransactionAsync(() => WriteAsync(actor, school, wish, meeting, origin, cancellation), cancellation);
            }
            catch (Exception failure) when (attempt < Attempts && DatabaseFault.IsConflict(failure))
            {
                // Zoom told of the meeting meanwhile, and it became a class without a name: that one is taken then.
            }
        }
    }

    private async Task<Opened> WriteAsync(
        Actor actor, KnownOrganisation school, SeriesWish wish, ZoomMeeting meeting, SeriesOrigin origin, CancellationToken cancellation)
    {
        var now = clock.Now();
        var open = await files.OpenAsync(db, school.Id, [meeting.Id], now, cancellation);
        var file = open.GetFile(meeting.Id, now, origin);
        await new Hosts(db).MeetAsync(school.Id, [new HostFacts(meeting.HostId, meeting.HostEmail)], now, cancellation);
        var series = (await db.Set<ClassSeries>().FindAsync([file.Meeting.SeriesId], cancellation))!;
        file.Schedule(ZoomReading.GetSchedule(meeting), ScheduleSource.Fetched, now);
        file.There(now);
        file.Settle(now);
        file.CheckSoon(now);
        series.Name = wish.Name;
        series.Reference = wish.Reference ?? series.Reference;
        series.PresenceMode = wish.PresenceMode;
        series.Gate = wish.Gate;
        series.PlannedSize = wish.PlannedSize;
        await teachers.SetAsync(series, wish.TeacherId!.Value, wish.CoTeacherIds, cancellation);
        db.Record(new LedgerNote(school.Id, now, actor.Name, PlanningActions.Opened, LedgerName.Series(series.Id), new
        {
            Origin = series.Origin.ToString(),
            file.Meeting.ZoomMeetingId,
            PresenceMode = series.PresenceMode.ToString(),
            series.Gate,
            series.PlannedSize,
        }));
        await db.SaveChangesAsync(cancellation);
        return new Opened(series, null);
    }

    private async Task<Guid?> HostAccountAsync(KnownOrganisation school, ZoomMeeting meeting, CancellationToken cancellation)
    {
        return await db.Set<ZoomHost>().Where(h => h.OrganisationId == school.Id && h.ZoomId == meeting.HostId).Select(h => h.AccountId).FirstOrDefaultAsync(cancellation)
            ?? await db.AccountsAt(meeting.HostEmail ?? "").Where(a => a.OrganisationId == school.Id).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellation);
    }

    private async Task<(string Path, string Sentence)?> ObjectionAsync(
        KnownOrganisation school, SeriesWish wish, ZoomMeeting meeting, Guid? hostAccount, CancellationToken cancellation) => wish switch
        {
            { OnlyHostedBy: { } own } when hostAccount != own => ("zoomMeetingId", "The school’s Zoom account has no such meeting."),
            { TeacherId: null } when hostAccount is null => ("teacher", "Say who teaches it: the meeting’s host has no account here."),
            _ when await db.Set<Meeting>().AnyAsync(
                m => m.OrganisationId == school.Id && m.ZoomMeetingId == meeting.Id
                    && db.Set<ClassSeries>().Any(s => s.Id == m.SeriesId && s.Name != null), cancellation) => ("zoomMeetingId", "This meeting is a class here already."),
            _ => null,
        };
}
