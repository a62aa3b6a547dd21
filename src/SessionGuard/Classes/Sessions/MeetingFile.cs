using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Classes.Sessions;

/// <summary>The schedule of a meeting as one piece of evidence tells it. Null: that piece does not say.</summary>
internal sealed record MeetingSchedule(string? HostZoomId, string? Topic, int? Type, int? Minutes, IReadOnlyList<ScheduledDate> Dates);

/// <param name="Key">What names the date for good; null for the only date of a meeting that does not recur.</param>
internal sealed record ScheduledDate(string? Key, DateTimeOffset Start, int Minutes, bool Deleted);

/// <summary>
/// A meeting with its sessions and runs, while new evidence is worked in. Evidence may come late, twice or in any order: put in what is
/// known, then <see cref="Settle"/>.
/// </summary>
/// <param name="since">Sessions that ended before are not in the file, though they may be in the database.</param>
internal sealed class MeetingFile(
    SessionGuardDb db, Meeting meeting, List<Session> sessions, List<MeetingInstance> instances, DateTimeOffset since)
{
    /// <summary>The longest move of a start that leaves a family's answer standing.</summary>
    public static readonly TimeSpan SmallMove = TimeSpan.FromMinutes(15);

    /// <summary>Zoom's report of a run is seldom ready before.</summary>
    private static readonly TimeSpan BackfillAfter = TimeSpan.FromMinutes(15);

    /// <summary>Zoom's own default for a meeting that nobody gave a length.</summary>
    private const int UsualMinutes = 60;

    private readonly HashSet<Guid> _heardOf = [];
    private readonly bool _ledOn = meeting.LeadsOn;

    public Meeting Meeting => meeting;

    public IReadOnlyList<Session> Sessions => sessions;

    /// <summary>The meeting shall be fetched and checked at the next pass after <paramref name="at"/>.</summary>
    public void CheckSoon(DateTimeOffset at) => meeting.CheckDueAt = meeting.CheckDueAt is { } due && due < at ? due : at;

    public void Gone(DateTimeOffset asOf) => meeting.GoneAsOf = Later(meeting.GoneAsOf, asOf);

    public void There(DateTimeOffset asOf) => meeting.ThereAsOf = Later(meeting.ThereAsOf, asOf);

    /// <summary>Takes the schedule over if this evidence is better than what is known, or as good and newer.</summary>
    public void Schedule(MeetingSchedule schedule, ScheduleSource source, DateTimeOffset asOf)
    {
        if ((source, asOf).CompareTo((meeting.ScheduleSource, meeting.ScheduleAsOf)) < 0)
        {
            FillGaps(schedule);
            return;
        }

        var teacherChanged = schedule.HostZoomId is { } host && meeting.HostZoomId.Length > 0 && host != meeting.HostZoomId;
        meeting.ScheduleSource = source;
        meeting.ScheduleAsOf = asOf;
        meeting.HostZoomId = schedule.HostZoomId ?? meeting.HostZoomId;
        meeting.Topic = schedule.Topic ?? meeting.Topic;
        meeting.Type = schedule.Type ?? meeting.Type;
        meeting.Minutes = schedule.Minutes ?? meeting.Minutes;
        if (source is not ScheduleSource.Mentioned)
        {
            PlanDates(schedule.Dates, teacherChanged, asOf);
        }
    }

    /// <summary>Something happened in a run. A null time is one that this piece of evidence does not tell.</summary>
    public void Ran(string uuid, DateTimeOffset heardAt, DateTimeOffset? startedAt, DateTimeOffset? endedAt)
    {
        var instance = instances.FirstOrDefault(i => i.Uuid == uuid);
        if (instance is null)
        {
            instance = new MeetingInstance
            {
                Id = Guid.CreateVersion7(heardAt),
                OrganisationId = meeting.OrganisationId,
                MeetingId = meeting.Id,
                Uuid = uuid,
                FirstHeardAt = heardAt,
            };
            instances.Add(instance);
            db.Add(instance);
        }

        var earliest = startedAt is { } start && start < heardAt ? start : heardAt;
        instance.FirstHeardAt = earliest < instance.FirstHeardAt ? earliest : instance.FirstHeardAt;
        instance.StartedAt ??= startedAt;
        instance.EndedAt = endedAt is { } end ? Later(instance.EndedAt, end) : instance.EndedAt;
        _heardOf.Add(instance.Id);
    }

    /// <summary>Places every run and works out every session's state.</summary>
    public void Settle(DateTimeOffset at)
    {
        var dates = sessions.Where(s => s.Planned).Select(s => new PlannedDate(s.OccurrenceKey, s.Start, s.End)).ToList();
        var runs = instances.Select(i => new Run(i.Uuid, i.FirstHeardAt));
        foreach (var group in SessionPlan.Place(dates, runs, Length()).GroupBy(p => p.Date))
        {
            var ran = instances.Where(i => group.Any(p => p.Uuid == i.Uuid)).ToList();
            var session = sessions.FirstOrDefault(s => s.OccurrenceKey == group.Key.Key) ?? AddSession(group.Key, planned: false, at);
            // For a planned date these are its own times; a run that stands in no schedule may turn out to have begun earlier.
            session.Start = group.Key.Start;
            session.End = group.Key.End;
            ran.ForEach(i => i.SessionId = session.Id);
            if (ran.Exists(i => _heardOf.Contains(i.Id)))
            {
                db.JudgeSoon(session, at);
            }
        }

        DropEmptied();
        foreach (var session in sessions)
        {
            session.Topic = meeting.Topic;
            Turn(session, GetStatus(session), at);
        }

        meeting.NextStart = Ahead(at).Min(s => (DateTimeOffset?)s.Start);
        meeting.SeatsDueAt = meeting.LeadsOn == _ledOn ? meeting.SeatsDueAt : at;
    }

    /// <summary>Sessions that still take place, the running one included.</summary>
    public IEnumerable<Session> Ahead(DateTimeOffset at) => sessions.Where(s => s.Status switch
    {
        SessionStatus.Scheduled => s.End > at,
        SessionStatus.Live => true,
        SessionStatus.Ended or SessionStatus.Cancelled or SessionStatus.Unverified => false,
    });

    /// <summary>Worse evidence still beats none.</summary>
    private void FillGaps(MeetingSchedule schedule)
    {
        meeting.HostZoomId = meeting.HostZoomId is "" ? schedule.HostZoomId ?? "" : meeting.HostZoomId;
        meeting.Topic = meeting.Topic is "" ? schedule.Topic ?? "" : meeting.Topic;
        meeting.Minutes ??= schedule.Minutes;
    }

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset heard) => known is { } k && k > heard ? k : heard;

    private TimeSpan Length() => TimeSpan.FromMinutes(meeting.Minutes ?? UsualMinutes);

    private void PlanDates(IReadOnlyList<ScheduledDate> dates, bool teacherChanged, DateTimeOffset at)
    {
        var planned = new List<Session>();
        foreach (var date in dates)
        {
            var end = date.Start.AddMinutes(date.Minutes);
            var key = date.Key ?? $"at:{date.Start.ToUnixTimeMilliseconds()}";
            // A meeting with one date is often used again: a date that has been taught stays, a new one is another session.
            var session = sessions.FirstOrDefault(s => s.OccurrenceKey == key)
                ?? (date.Key is null ? sessions.FirstOrDefault(s => s.Planned && !HasRun(s)) : null)
                ?? (date.Start < since ? null : AddSession(new PlannedDate(key, date.Start, end), planned: true, at));
            if (session is null)
            {
                continue; // Zoom still names a date of long ago, whose session is there or came to nothing
            }

            Move(session, date.Start, end, teacherChanged, at);
            session.CalledOff = date.Deleted;
            planned.Add(session);
        }

        foreach (var left in sessions.Where(s => s.Planned && s.Start > at && !HasRun(s)).Except(planned))
        {
            left.CalledOff = true;
        }
    }

    private void Move(Session session, DateTimeOffset start, DateTimeOffset end, bool teacherChanged, DateTimeOffset at)
    {
        session.AsksDueAt = teacherChanged || session.Start != start ? at : session.AsksDueAt;
        if (teacherChanged || (session.Start - start).Duration() > SmallMove)
        {
            session.TimeVersion++;
            Note(SessionActions.Moved, session, at, new { From = session.Start, To = start, session.TimeVersion, teacherChanged });
        }

        session.Start = start;
        session.End = end;
    }

    private Session AddSession(PlannedDate date, bool planned, DateTimeOffset at)
    {
        var session = new Session
        {
            Id = Guid.CreateVersion7(at),
            OrganisationId = meeting.OrganisationId,
            MeetingId = meeting.Id,
            SeriesId = meeting.SeriesId,
            OccurrenceKey = date.Key,
            Planned = planned,
            Topic = meeting.Topic,
            Start = date.Start,
            End = date.End,
            Status = SessionStatus.Scheduled,
            JudgeDueAt = at,
            AsksDueAt = at,
        };
        sessions.Add(session);
        db.Add(session);
        Note(SessionActions.Found, session, at, new { session.Start, session.End, planned, meeting.ZoomMeetingId });
        return session;
    }

    /// <summary>An unplanned session whose runs turned out to belong elsewhere was never a class.</summary>
    private void DropEmptied()
    {
        foreach (var empty in sessions.Where(s => !s.Planned && !HasRun(s)).ToList())
        {
            sessions.Remove(empty);
            db.Remove(empty);
        }
    }

    private bool HasRun(Session session) => instances.Any(i => i.SessionId == session.Id);

    private SessionStatus GetStatus(Session session)
    {
        var runs = instances.Where(i => i.SessionId == session.Id).ToList();
        return runs switch
        {
            [] => session.CalledOff || meeting.IsGone ? SessionStatus.Cancelled : SessionStatus.Scheduled,
            _ when runs.Any(r => r.EndedAt is null) => SessionStatus.Live,
            // Whether the evidence of what is over has a hole is for the rules to say, and for nobody else to take back.
            _ => session.Status is SessionStatus.Unverified ? SessionStatus.Unverified : SessionStatus.Ended,
        };
    }

    private void Turn(Session session, SessionStatus status, DateTimeOffset at)
    {
        if (session.Status != status)
        {
            Note(SessionActions.TurnedTo(status), session, at, new { From = session.Status });
            session.Status = status;
            session.AsksDueAt = at;
            db.JudgeSoon(session, at);
            session.BackfillDueAt = status is SessionStatus.Ended ? at + BackfillAfter : null;
        }
    }

    private void Note(LedgerAction action, Session session, DateTimeOffset at, object data) =>
        db.Record(new LedgerNote(meeting.OrganisationId, at, LedgerName.Zoom, action, LedgerName.Session(session.Id), data));
}
