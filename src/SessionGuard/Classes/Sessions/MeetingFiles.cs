using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Sessions;

/// <summary>Opens the files of meetings, and adopts a meeting that nobody planned here.</summary>
internal sealed class MeetingFiles(LinkCodes codes)
{
    /// <summary>Runs and dates further back than this before the evidence at hand have nothing to do with it.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(2);

    /// <param name="from">The earliest time in the evidence that will be put in.</param>
    public async Task<OpenFiles> OpenAsync(
        SessionGuardDb db, Guid organisationId, IReadOnlyCollection<long> zoomMeetingIds, DateTimeOffset from, CancellationToken cancellation)
    {
        var since = from - Reach;
        var meetings = await db.Set<Meeting>().TagWith(PreparedStatements.Often)
            .Where(m => m.OrganisationId == organisationId && zoomMeetingIds.Contains(m.ZoomMeetingId)).ToListAsync(cancellation);
        var ids = meetings.Select(m => m.Id).ToList();
        var sessions = await db.Set<Session>().TagWith(PreparedStatements.Often)
            .Where(s => ids.Contains(s.MeetingId) && s.End >= since).ToListAsync(cancellation);
        var instances = await db.Set<MeetingInstance>().TagWith(PreparedStatements.Often)
            .Where(i => ids.Contains(i.MeetingId) && i.FirstHeardAt >= since).ToListAsync(cancellation);
        return new OpenFiles(db, organisationId, codes, meetings.ToDictionary(m => m.ZoomMeetingId, m => new MeetingFile(
            db, m, [.. sessions.Where(s => s.MeetingId == m.Id)], [.. instances.Where(i => i.MeetingId == m.Id)], since)));
    }
}

/// <summary>The files that one batch of evidence touches.</summary>
internal sealed class OpenFiles(SessionGuardDb db, Guid organisationId, LinkCodes codes, Dictionary<long, MeetingFile> files)
{
    public IReadOnlyCollection<MeetingFile> All => files.Values;

    public bool IsKnown(long zoomMeetingId) => files.ContainsKey(zoomMeetingId);

    /// <summary>The meeting's file; a meeting not seen before becomes a class of its own.</summary>
    public MeetingFile GetFile(long zoomMeetingId, DateTimeOffset at, SeriesOrigin origin = SeriesOrigin.Adopted)
    {
        if (!files.TryGetValue(zoomMeetingId, out var file))
        {
            file = new MeetingFile(db, Open(zoomMeetingId, at, origin), [], [], since: DateTimeOffset.MinValue);
            files.Add(zoomMeetingId, file);
        }

        return file;
    }

    private Meeting Open(long zoomMeetingId, DateTimeOffset at, SeriesOrigin origin)
    {
        var seriesId = Guid.CreateVersion7(at);
        var series = new ClassSeries
        {
            Id = seriesId,
            OrganisationId = organisationId,
            Origin = origin,
            JoinCodeHash = LinkCodes.GetHash(codes.GetCode(LinkCodes.OfClass, JoinAddresses.GetSubject(seriesId, version: 1))),
            CreatedAt = at,
        };
        var meeting = new Meeting
        {
            Id = Guid.CreateVersion7(at),
            OrganisationId = organisationId,
            ZoomMeetingId = zoomMeetingId,
            SeriesId = seriesId,
            HostZoomId = "",
            Topic = "",
            Type = 0,
            ScheduleSource = ScheduleSource.Mentioned,
            ScheduleAsOf = DateTimeOffset.UnixEpoch,
            CheckDueAt = at,
        };
        db.AddRange(series, meeting);
        if (origin is SeriesOrigin.Adopted)
        {
            db.Record(new LedgerNote(
                organisationId, at, LedgerName.Zoom, SessionActions.MeetingAdopted, LedgerName.Meeting(meeting.Id), new { zoomMeetingId, series = seriesId }));
        }

        return meeting;
    }
}
