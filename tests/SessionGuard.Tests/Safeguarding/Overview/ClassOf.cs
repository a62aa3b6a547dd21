using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.School.People;

namespace SessionGuard.Tests.Safeguarding.Overview;

/// <summary>A class that begins at five, with children made from their first names.</summary>
internal static class ClassOf
{
    public static readonly DateTimeOffset Five = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    public static SessionView Children(params ChildRow[] children)
    {
        var series = new ClassSeries { Id = Guid.CreateVersion7(), OrganisationId = Guid.Empty, Origin = SeriesOrigin.Planned, JoinCodeHash = [], CreatedAt = Five };
        var meeting = new Meeting
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.Empty,
            ZoomMeetingId = 1,
            SeriesId = series.Id,
            HostZoomId = "host",
            Topic = "Ballet",
            Type = 2,
            ScheduleSource = ScheduleSource.Fetched,
            ScheduleAsOf = Five,
        };
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.Empty,
            MeetingId = meeting.Id,
            SeriesId = series.Id,
            OccurrenceKey = "only",
            Topic = "Ballet",
            Start = Five,
            End = Five.AddHours(1),
            Planned = true,
            Status = SessionStatus.Live,
        };
        return new SessionView(session, meeting, series, null) { Rules = [], Runs = [], Repairs = [], Settings = [], Children = children };
    }

    public static ChildRow Child(string name, AnswerKind? answer = null, string? other = null, bool asked = true, params Adult[] adults)
    {
        var child = new Person { Id = Guid.CreateVersion7(), OrganisationId = Guid.Empty, Kind = PersonKind.Child, Name = name, CreatedAt = Five };
        var seat = new Seat
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.Empty,
            SeriesId = Guid.Empty,
            Kind = SeatKind.Child,
            PersonId = child.Id,
            ScreenName = name,
            State = SeatState.Linked,
            CreatedAt = Five,
        };
        adults = adults.Length == 0 ? [Carer("Sarah")] : adults;
        var said = answer is not { } kind ? null : new Answer
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.Empty,
            SessionId = Guid.Empty,
            TimeVersion = 1,
            ChildId = child.Id,
            CarerId = adults[0].Carer.Id,
            Kind = kind,
            OtherAdult = other,
            Source = AnswerSource.Page,
            At = Five.AddDays(-1),
        };
        return new ChildRow(new Place(seat, child, adults), said, null, null, asked);
    }

    public static ChildRow WithCheckIn(this ChildRow row, ChildRow? onSeatOf = null) => row with
    {
        CheckIn = new CheckIn
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.Empty,
            SessionId = Guid.Empty,
            ChildId = row.Place.Child.Id,
            CarerId = row.Place.Adults[0].Carer.Id,
            OnSeatOfChildId = (onSeatOf ?? row).Place.Child.Id,
            At = Five,
        },
    };

    public static ChildRow WithAttested(this ChildRow row, AttestedFact fact) => row with
    {
        Attested = new Attestation
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = Guid.Empty,
            SessionId = Guid.Empty,
            ChildId = row.Place.Child.Id,
            Fact = fact,
            AttestedBy = Guid.Empty,
            At = Five,
        },
    };

    public static Adult Carer(string name, string? email = "sarah@example.org", string? phone = null, bool mayBeContacted = true) => new(
        new Person { Id = Guid.CreateVersion7(), OrganisationId = Guid.Empty, Kind = PersonKind.Carer, Name = name, Email = email, Phone = phone, CreatedAt = Five },
        IsPrimary: true, mayBeContacted);

    /// <summary>A stretch in minutes after five; no end: still there.</summary>
    public static Seen At(this ChildRow row, Whereabouts where, int from, int? to = null) =>
        new("", row.Name, row.Place.Seat.Id, SeatKind.Child, where, Five.AddMinutes(from), to is { } end ? Five.AddMinutes(end) : null);

    public static Seen Teacher(int from, int? to = null) =>
        new("t", "Alex", null, SeatKind.Staff, Whereabouts.Room, Five.AddMinutes(from), to is { } end ? Five.AddMinutes(end) : null);

    public static Seen Stranger(string name, Whereabouts where, int from, int? to = null) =>
        new(name, name, null, null, where, Five.AddMinutes(from), to is { } end ? Five.AddMinutes(end) : null);
}
