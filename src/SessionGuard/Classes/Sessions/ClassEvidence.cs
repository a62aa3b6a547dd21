using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Sessions;

/// <summary>What the rules are told of classes themselves: their times, their meeting's settings, and what earlier classes lack.</summary>
internal sealed class ClassEvidence(SessionGuardDb db)
{
    /// <summary>A fixed number of queries.</summary>
    public async Task<ClassesAsEvidence> ReadAsync(IReadOnlyList<Session> sessions, DateTimeOffset now, CancellationToken cancellation)
    {
        var meetings = sessions.Select(s => s.MeetingId).Distinct().ToList();
        var seriesIds = sessions.Select(s => s.SeriesId).Distinct().ToList();
        var settings = (await db.Set<SettingsSnapshot>().AsNoTracking().Where(s => meetings.Contains(s.MeetingId)).ToListAsync(cancellation))
            .GroupBy(s => s.MeetingId).ToDictionary(g => g.Key, g => g.MaxBy(s => s.TakenAt)!.Settings);
        var series = await db.Set<ClassSeries>().AsNoTracking().Where(s => seriesIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        return new ClassesAsEvidence(now, settings, series, await HolesAsync(sessions, now, cancellation));
    }

    /// <summary>By the id of the series. Asked of classes that are over: as long as one is on in its time, it has no hole.</summary>
    private async Task<ILookup<Guid, DateTimeOffset>> HolesAsync(IReadOnlyList<Session> sessions, DateTimeOffset now, CancellationToken cancellation)
    {
        var over = sessions.Where(s => s.Status is SessionStatus.Ended or SessionStatus.Unverified || (s.Status is SessionStatus.Live && s.End < now)).ToList();
        if (over.Count == 0)
        {
            return Array.Empty<DateTimeOffset>().ToLookup(_ => Guid.Empty);
        }

        var rule = EvidenceGap.Rule.Id;
        var series = over.Select(s => s.SeriesId).Distinct().ToList();
        var (earliest, latest) = (over.Min(s => s.Start) - EvidenceGap.RepeatedWithin, over.Max(s => s.Start));
        var holes = await (
            from session in db.Set<Session>()
            join record in db.Set<RuleRecord>() on session.Id equals record.SessionId
            where series.Contains(session.SeriesId) && session.Start >= earliest && session.Start < latest
                && record.Rule == rule && record.Result == RuleResult.NotMet
            select new { session.SeriesId, session.Start }).ToListAsync(cancellation);
        return holes.ToLookup(h => h.SeriesId, h => h.Start);
    }
}

/// <summary>What was read of a batch of classes.</summary>
/// <param name="Settings">Zoom's last answer, by the id of the meeting.</param>
/// <param name="Holes">When classes began of which part is missing, by the id of the series.</param>
internal sealed record ClassesAsEvidence(
    DateTimeOffset Now, IReadOnlyDictionary<Guid, MeetingSettings> Settings, IReadOnlyDictionary<Guid, ClassSeries> Series, ILookup<Guid, DateTimeOffset> Holes)
{
    /// <summary>The evidence without anything about who belongs to the class and who came.</summary>
    public SessionEvidence DescribeClass(Session session) => new()
    {
        Now = Now,
        Start = session.Start,
        End = session.End,
        Phase = session.Status switch
        {
            SessionStatus.Scheduled => SessionPhase.Scheduled,
            SessionStatus.Live => SessionPhase.Live,
            SessionStatus.Ended or SessionStatus.Unverified => SessionPhase.Over,
            SessionStatus.Cancelled => SessionPhase.Cancelled,
        },
        Settings = Settings.GetValueOrDefault(session.MeetingId),
        Mode = Series[session.SeriesId].PresenceMode,
        HasGate = Series[session.SeriesId].Gate,
        EarlierHoles = [.. Holes[session.SeriesId]],
    };
}
