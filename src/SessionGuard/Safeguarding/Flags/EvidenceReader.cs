using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Loads all that is known of a batch of sessions, in a fixed number of queries for any number of them.</summary>
internal sealed class EvidenceReader(
    SessionGuardDb db, Attendance attendance, Rosters rosters, ClassStaffReader staff, OrganisationDirectory schools)
{
    public async Task<IReadOnlyList<SessionFile>> ReadAsync(IReadOnlyList<Session> sessions, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = sessions.Select(s => s.Id).ToList();
        var meetings = sessions.Select(s => s.MeetingId).Distinct().ToList();
        var seriesIds = sessions.Select(s => s.SeriesId).Distinct().ToList();
        var settings = (await db.Set<SettingsSnapshot>().AsNoTracking().Where(s => meetings.Contains(s.MeetingId)).ToListAsync(cancellation))
            .GroupBy(s => s.MeetingId).ToDictionary(g => g.Key, g => g.MaxBy(s => s.TakenAt)!.Settings);
        var series = await db.Set<ClassSeries>().AsNoTracking().Where(s => seriesIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        var there = await attendance.GetAttendanceAsync(ids, cancellation);
        var places = await rosters.GetPlacesAsync(seriesIds, cancellation);
        var teachers = await staff.ReadStaffAsync(sessions, cancellation);
        var words = await WordsAsync(ids, cancellation);
        var flags = await FlagsAsync(sessions, ids, seriesIds, cancellation);
        var holes = await HolesAsync(sessions, now, cancellation);
        var records = (await db.Set<RuleRecord>().Where(r => ids.Contains(r.SessionId)).ToListAsync(cancellation)).ToLookup(r => r.SessionId);
        return
        [
            .. sessions.Select(session => new SessionFile
            {
                Session = session,
                Evidence = GetEvidence(
                    session, series[session.SeriesId], settings.GetValueOrDefault(session.MeetingId), there.GetValueOrDefault(session.Id),
                    [.. places[session.SeriesId].Where(p => p.Seat.CreatedAt < session.End)], words, teachers[session.Id], now) with
                {
                    EarlierHoles = [.. holes[session.SeriesId]],
                },
                Records = [.. records[session.Id]],
                Flags = [.. flags.Own[session.Id]],
                LastSaid = flags.LastSaid,
                Accepted = flags.Accepted[session.SeriesId].Where(a => a.AcceptedUntil >= GetDay(session)).Select(a => a.Rule).ToHashSet(),
                Staff = teachers[session.Id],
            }),
        ];
    }

    private DateOnly GetDay(Session session) =>
        new LocalTime(schools.ById(session.OrganisationId)?.TimeZone ?? TimeZoneInfo.Utc, session.Start).GetDay(session.Start);

    private async Task<SaidAboutChildren> WordsAsync(List<Guid> ids, CancellationToken cancellation)
    {
        var answers = await db.Set<Answer>().AsNoTracking().Where(a => ids.Contains(a.SessionId)).ToListAsync(cancellation);
        var checkIns = await (
            from checkIn in db.Set<CheckIn>().AsNoTracking()
            join carer in db.Set<Person>() on checkIn.CarerId equals carer.Id
            where ids.Contains(checkIn.SessionId)
            select new CheckInOfCarer(checkIn, carer.Email)).ToListAsync(cancellation);
        var attested = await db.Set<Attestation>().AsNoTracking().Where(a => ids.Contains(a.SessionId)).ToListAsync(cancellation);
        var bounced = await (
            from ask in db.Set<Ask>().AsNoTracking()
            join mail in db.Set<OutboxMessage>() on ask.MailId equals mail.Id
            where ids.Contains(ask.SessionId) && mail.State == OutboxState.Failed
            select new { ask.SessionId, ask.CarerId }).ToListAsync(cancellation);
        return new SaidAboutChildren(
            answers.ToLookup(a => (a.SessionId, a.ChildId)),
            checkIns.ToLookup(c => c.CheckIn.SessionId),
            attested.GroupBy(a => (a.SessionId, a.ChildId)).ToDictionary(g => g.Key, g => g.MaxBy(a => (a.At, a.Id))!.Fact),
            bounced.Select(b => (b.SessionId, b.CarerId)).ToHashSet());
    }

    private async Task<FlagsOfBatch> FlagsAsync(
        IReadOnlyList<Session> sessions, List<Guid> ids, List<Guid> seriesIds, CancellationToken cancellation)
    {
        var own = await db.Set<Flag>().Where(f => ids.Contains(f.SessionId)).ToListAsync(cancellation);
        var accepted = await AcceptedAsync(sessions, seriesIds, cancellation);
        var open = own.Where(f => f.IsOpen).Select(f => f.Id).ToList();
        var said = open.Count == 0 ? [] : await db.Set<FlagEvidence>().AsNoTracking()
            .Where(e => open.Contains(e.FlagId) && e.Source == FlagEvidence.OfRule).ToListAsync(cancellation);
        return new FlagsOfBatch(
            own.ToLookup(f => f.SessionId),
            said.GroupBy(e => e.FlagId).ToDictionary(g => g.Key, g => g.MaxBy(e => (e.At, e.Id))!.Text),
            accepted);
    }

    /// <summary>By the id of the series. Asked of the flags first, few of which are accepted: a series may have thousands of sessions.</summary>
    private async Task<ILookup<Guid, Acceptance>> AcceptedAsync(
        IReadOnlyList<Session> sessions, List<Guid> seriesIds, CancellationToken cancellation)
    {
        var schoolIds = sessions.Select(s => s.OrganisationId).Distinct().ToList();
        var earliest = DateOnly.FromDateTime(sessions.Min(s => s.Start).UtcDateTime).AddDays(-1);
        var flags = await db.Set<Flag>().AsNoTracking()
            .Where(f => schoolIds.Contains(f.OrganisationId) && f.Status == FlagStatus.Accepted && f.AcceptedUntil >= earliest)
            .Select(f => new { f.SessionId, f.Rule, f.AcceptedUntil }).ToListAsync(cancellation);
        var of = flags.Select(f => f.SessionId).Distinct().ToList();
        var seriesOf = of.Count == 0 ? [] : await db.Set<Session>().AsNoTracking().Where(s => of.Contains(s.Id) && seriesIds.Contains(s.SeriesId))
            .Select(s => new { s.Id, s.SeriesId }).ToDictionaryAsync(s => s.Id, s => s.SeriesId, cancellation);
        return flags.Where(f => seriesOf.ContainsKey(f.SessionId))
            .ToLookup(f => seriesOf[f.SessionId], f => new Acceptance(f.Rule, f.AcceptedUntil!.Value));
    }

    /// <summary>By the id of the series. Asked of classes that are over: as long as one is on in its time, it has no hole.</summary>
    private async Task<ILookup<Guid, DateTimeOffset>> HolesAsync(IReadOnlyList<Session> sessions, DateTimeOffset now, CancellationToken cancellation)
    {
        var over = sessions.Where(s => s.Status is SessionStatus.Ended or SessionStatus.Unverified || (s.Status is SessionStatus.Live && s.End < now)).ToList();
        if (over.Count == 0)
        {
            return Array.Empty<DateTimeOffset>().ToLookup(_ => Guid.Empty);
        }

        var series = over.Select(s => s.SeriesId).Distinct().ToList();
        var (earliest, latest) = (over.Min(s => s.Start) - EvidenceGap.RepeatedWithin, over.Max(s => s.Start));
        var holes = await (
            from session in db.Set<Session>()
            join record in db.Set<RuleRecord>() on session.Id equals record.SessionId
            where series.Contains(session.SeriesId) && session.Start >= earliest && session.Start < latest
                && record.Rule == EvidenceGap.Id && record.Result == RuleResult.NotMet
            select new { session.SeriesId, session.Start }).ToListAsync(cancellation);
        return holes.ToLookup(h => h.SeriesId, h => h.Start);
    }

    private SessionEvidence GetEvidence(
        Session session, ClassSeries series, MeetingSettings? settings, SessionAttendance? there, List<Place> places, SaidAboutChildren words,
        ClassStaff teachers, DateTimeOffset now) => new()
        {
            Now = now,
            Start = session.Start,
            End = session.End,
            Phase = session.Status switch
            {
                SessionStatus.Scheduled => SessionPhase.Scheduled,
                SessionStatus.Live => SessionPhase.Live,
                SessionStatus.Ended or SessionStatus.Unverified => SessionPhase.Over,
                SessionStatus.Cancelled => SessionPhase.Cancelled,
            },
            Settings = settings,
            Mode = series.PresenceMode,
            HasGate = series.Gate,
            Children = places.ConvertAll(place => GetChild(session, GetDay(session), place, words)),
            CheckIns = [.. words.CheckIns[session.Id].Select(c => new CheckInEvidence(
                c.CheckIn.ChildId, c.CheckIn.OnSeatOfChildId, c.CheckIn.At, c.Email is { } email && teachers.Keys.Contains(StaffAccounts.Normalize(email))))],
            Stays = [.. (there?.Stays ?? []).Select(GetStay)],
            Runs = [.. (there?.Runs ?? []).Select(r => new RunEvidence(r.FirstHeardAt, r.StartedAt, r.EndedAt, r.Report))],
            HandedOn = there?.HandedOn ?? [],
        };

    private static ChildEvidence GetChild(Session session, DateOnly day, Place place, SaidAboutChildren words)
    {
        var child = place.Child.Id;
        var reachable = place.Adults.Any(a => a is { MayBeContacted: true, Carer.HasUsableEmail: true } && !words.Bounced.Contains((session.Id, a.Carer.Id)));
        var promise = StandingAnswer.FindStanding(words.Answers[(session.Id, child)], session.TimeVersion)?.Kind switch
        {
            AnswerKind.Present or AnswerKind.AnotherAdult => Promise.AdultWillBeThere,
            AnswerKind.CannotCome => Promise.CannotCome,
            null => reachable ? Promise.None : Promise.CouldNotAsk,
        };
        var link = place.Seat.State switch
        {
            SeatState.Linked => SeatLink.Own,
            SeatState.Shared => SeatLink.Shared,
            SeatState.Wanted or SeatState.Leaving or SeatState.Left => SeatLink.Awaited,
        };
        var sighting = words.Attested.TryGetValue((session.Id, child), out var fact)
            ? fact is AttestedFact.AdultIsThere ? Sighting.AdultIsThere : Sighting.AdultIsNotThere
            : Sighting.None;
        return new ChildEvidence(child, link, promise, sighting, place.Child.AgeOn(day));
    }

    private static StayEvidence GetStay(IdentifiedStay stay) => new(
        stay.ScreenKey ?? stay.Stay.ParticipantUuid ?? stay.Stay.ConnectionId, stay.Who.Kind, stay.Who.Kind is SeatKind.Child ? stay.Who.PersonId : null,
        stay.Who.Certainty, stay.Stay.Room, stay.Stay.Join, stay.Stay.Leave)
    {
        JoinIsKnown = stay.Stay.JoinIsKnown,
        LeaveIsKnown = stay.Stay.LeaveIsKnown,
        IsConnected = stay.Stay.IsConnected,
    };

    private sealed record CheckInOfCarer(CheckIn CheckIn, string? Email);

    private sealed record Acceptance(string Rule, DateOnly AcceptedUntil);

    private sealed record SaidAboutChildren(
        ILookup<(Guid Session, Guid Child), Answer> Answers, ILookup<Guid, CheckInOfCarer> CheckIns,
        Dictionary<(Guid Session, Guid Child), AttestedFact> Attested, HashSet<(Guid Session, Guid Carer)> Bounced);

    private sealed record FlagsOfBatch(
        ILookup<Guid, Flag> Own, Dictionary<Guid, string> LastSaid, ILookup<Guid, Acceptance> Accepted);
}
